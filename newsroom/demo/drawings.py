"""Draw the demo edition's pictures: flat shapes in the paper's own colours, made here with Pillow, so that no
photograph of anybody is needed. Each function draws on a sheet of 1600 × 1067 pixels (3:2)."""

import io

from PIL import Image, ImageDraw

SIZE = (1600, 1067)  # pixels
INK, TEAL, SAND, PAPER, RED, MIST, NIGHT = (
    "#15181c",
    "#0b5566",
    "#e3b27c",
    "#fbf7ee",
    "#a3261b",
    "#cfe0e0",
    "#22343b",
)


def press(draw):
    for left in (150, 620, 1090):
        draw.ellipse((left, 380, left + 330, 710), fill=TEAL, outline=INK, width=10)
        draw.ellipse((left + 130, 510, left + 200, 580), fill=SAND)
    draw.line([(0, 360), (1600, 360)], fill=PAPER, width=34)
    draw.rectangle((0, 760, 1600, 1067), fill=NIGHT)
    sheet(draw, 540, 130, 500, 330)
    draw.rectangle((570, 160, 720, 200), outline=RED, width=6)


def sheet(draw, left, top, width, height, lines=6):
    draw.rectangle((left, top, left + width, top + height), fill=PAPER, outline=INK, width=6)
    step = (height - 110) / max(1, lines)
    draw.rectangle((left + 30, top + 34, left + width * 0.8, top + 66), fill=INK)
    for number in range(lines):
        y = top + 96 + number * step
        draw.rectangle(
            (left + 30, y, left + width - (40 if number % 3 else 120), y + 12), fill="#8b9aa0"
        )


def page(draw):
    sheet(draw, 430, 120, 660, 830, 14)
    draw.polygon([(1010, 820), (1350, 300), (1410, 340), (1070, 860)], fill=SAND, outline=INK)
    draw.polygon([(1010, 820), (1070, 860), (985, 895)], fill=INK)


def calendar(draw):
    draw.rectangle((350, 150, 1250, 930), fill=PAPER, outline=INK, width=8)
    draw.rectangle((350, 150, 1250, 280), fill=RED)
    for row in range(5):
        for column in range(7):
            left, top = 395 + column * 120, 320 + row * 118
            marked = (row, column) == (1, 3)
            draw.rectangle((left, top, left + 90, top + 88), fill=TEAL if marked else MIST)
    draw.arc((995, 570, 1045, 620), 180, 90, fill=RED, width=12)
    draw.line([(1020, 620), (1020, 640)], fill=RED, width=12)
    draw.ellipse((1012, 648, 1028, 664), fill=RED)


def folders(draw):
    for number in range(3):
        left = 120 + number * 90
        top = 230 + number * 190
        draw.polygon(
            [
                (left, top),
                (left + 130, top),
                (left + 170, top + 40),
                (left + 400, top + 40),
                (left + 400, top + 260),
                (left, top + 260),
            ],
            fill=SAND,
            outline=INK,
        )
    for number in range(3):
        sheet(draw, 760 + number * 40, 250 + number * 80, 260, 320, 5)
    draw.polygon([(1060, 720), (1500, 720), (1440, 900), (1120, 900)], fill=TEAL, outline=INK)


def versions(draw):
    for number in range(4):
        sheet(draw, 330 + number * 130, 120 + number * 70, 560, 640, 9)
    draw.rectangle((750, 560, 1150, 584), fill=RED)


def front(draw):
    draw.rectangle((340, 90, 1260, 990), fill=PAPER, outline=INK, width=8)
    draw.rectangle((560, 125, 1040, 185), fill=INK)
    draw.rectangle((380, 230, 830, 530), fill=TEAL)
    draw.polygon([(380, 530), (560, 350), (680, 450), (760, 390), (830, 530)], fill=NIGHT)
    for left in (380, 620):
        draw.rectangle((left, 700, left + 210, 840), fill=SAND)
    for row in range(16):
        draw.rectangle((880, 236 + row * 44, 1215 - (row % 3) * 60, 254 + row * 44), fill="#8b9aa0")
    for row in range(3):
        draw.rectangle((380, 565 + row * 40, 820 - row * 50, 585 + row * 40), fill=INK)


def camera(draw):
    draw.rounded_rectangle((120, 360, 820, 820), 40, fill=NIGHT, outline=INK, width=8)
    draw.rectangle((300, 280, 560, 370), fill=NIGHT)
    draw.ellipse((300, 420, 640, 760), fill=MIST, outline=SAND, width=18)
    draw.ellipse((390, 510, 550, 670), fill=TEAL)
    draw.rectangle((930, 250, 1480, 830), fill=PAPER, outline=INK, width=10)
    draw.rectangle((970, 290, 1440, 790), fill=MIST)
    draw.ellipse((1270, 330, 1380, 440), fill=SAND)
    draw.polygon([(970, 790), (1130, 520), (1250, 680), (1330, 580), (1440, 790)], fill=TEAL)


def desk(draw):
    draw.polygon([(800, 80), (980, 330), (620, 330)], fill=SAND, outline=INK)
    draw.line([(800, 0), (800, 90)], fill=INK, width=10)
    draw.polygon([(250, 560), (1350, 560), (1500, 760), (100, 760)], fill=TEAL, outline=INK)
    draw.rectangle((100, 760, 1500, 810), fill=NIGHT)
    for left in (240, 560, 880, 1200):
        draw.rounded_rectangle(
            (left, 780, left + 170, 1000), 24, fill=RED if left == 880 else NIGHT
        )


def clock(draw):
    draw.ellipse((480, 60, 1120, 700), fill=PAPER, outline=INK, width=18)
    draw.line([(800, 380), (800, 140)], fill=INK, width=20)
    draw.line([(800, 380), (800, 560)], fill=RED, width=26)
    draw.ellipse((775, 355, 825, 405), fill=INK)
    draw.rectangle((560, 770, 1040, 1010), fill=SAND, outline=INK, width=8)
    draw.line([(560, 770), (800, 910), (1040, 770)], fill=INK, width=8)


def lens(draw):
    for row in range(11):
        draw.rectangle(
            (160, 110 + row * 82, 1440 - (row % 4) * 130, 140 + row * 82), fill="#8b9aa0"
        )
    draw.line([(980, 720), (1280, 1000)], fill=NIGHT, width=70)
    draw.ellipse((480, 230, 1080, 830), fill=PAPER, outline=NIGHT, width=36)
    draw.rectangle((600, 470, 960, 580), fill="#ffe7a0")
    draw.rectangle((640, 505, 920, 545), fill=INK)


def machine(draw):
    draw.rectangle((0, 820, 1600, 1067), fill=NIGHT)
    draw.rectangle((160, 420, 620, 740), fill=PAPER, outline=INK, width=16)
    draw.rectangle((200, 460, 580, 700), fill=TEAL)
    draw.rectangle((340, 740, 440, 820), fill=INK)
    for number in range(3):
        left = 900 + number * 220
        draw.rectangle((left, 240, left + 170, 820), fill=MIST, outline=INK, width=10)
        for row in range(6):
            draw.ellipse(
                (left + 60, 290 + row * 84, left + 110, 340 + row * 84),
                fill=SAND if row % 2 else TEAL,
            )
    draw.line([(620, 580), (900, 580)], fill=RED, width=14)


DRAWINGS = {
    each.__name__: each
    for each in (
        press,
        page,
        calendar,
        folders,
        versions,
        front,
        camera,
        desk,
        clock,
        lens,
        machine,
    )
}


def draw(name: str) -> bytes:
    """The drawing as JPEG bytes, the same for the same name."""
    image = Image.new("RGB", SIZE, "#dfe7e4")
    canvas = ImageDraw.Draw(image)
    for row in range(0, SIZE[1], 4):  # a sky that fades downward
        shade = 223 + row * 24 // SIZE[1]
        canvas.rectangle((0, row, SIZE[0], row + 4), fill=(shade - 12, shade - 4, min(255, shade)))
    DRAWINGS[name](canvas)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88)
    return out.getvalue()
