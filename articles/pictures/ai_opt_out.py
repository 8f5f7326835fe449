"""What a public picture says about AI training: the "data mining" property of PLUS, as IPTC Photo Metadata 2023.1 takes
it over (https://iptc.org/std/photometadata/specification/). It imports nothing, so that the program that makes the
renditions can use it.
"""

TERMS = {True: "DMI-ALLOWED", False: "DMI-PROHIBITED-AIMLTRAINING"}


def notice(may_train: bool) -> bytes:
    """An XMP packet with this one fact, for `Image.save(xmp=…)`."""
    return (
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/">'
        f"<plus:DataMining>http://ns.useplus.org/ldf/vocab/{TERMS[may_train]}</plus:DataMining>"
        "</rdf:Description></rdf:RDF></x:xmpmeta>"
    ).encode()
