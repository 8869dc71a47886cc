using Kinora.Adapters.Providers.Animatic.Captions;
using Kinora.Adapters.Providers.Animatic.Shots;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Providers.Animatic;

public sealed class CaptionTests
{
    private static readonly string[] Texts =
    [
        "A cat.",
        "A paper boat sails down a rainy street while the last lamps go out one after another and nobody is left to see it.",
        string.Join(' ', Enumerable.Repeat("Donaudampfschifffahrtsgesellschaftskapitän", 40)),
        new string('W', 700),
        string.Concat(Enumerable.Repeat("一只小猫坐在雨中的街道上看着纸船漂过。", 20)),
        "שלום עולם and مرحبا بالعالم with latin",
        "😀😀 a smile 👩‍🚀 in orbit 🚀",
        "<b>markup</b> & \"quotes\" 'single' \\ %s {0}",
        "Zalgo t̶̢̛͍̪͔̲̟e̶̛͎̙x̸̨̢t̵͖͝",
    ];

    [Theory]
    [InlineData(128, 128)]
    [InlineData(130, 3840)]
    [InlineData(3840, 128)]
    [InlineData(320, 180)]
    [InlineData(720, 1280)]
    [InlineData(1024, 1024)]
    [InlineData(1280, 720)]
    [InlineData(3840, 2160)]
    public void Measure_AnyText_StaysInTheFrameAndInItsLines(int width, int height)
    {
        foreach (var text in Texts)
        {
            var shot = new Shot { Number = 12, Text = text, Frames = 24, Move = CameraMove.PushIn, MoveIsWritten = true, Revision = text };
            var boxes = CaptionPainter.Measure(shot, width, height);
            boxes.ShouldNotBeEmpty();
            var bottom = 0;
            foreach (var box in boxes)
            {
                box.Left.ShouldBeGreaterThanOrEqualTo(4);
                box.Top.ShouldBeGreaterThanOrEqualTo(Math.Max(bottom, height / 6), text);
                (box.Left + box.Width).ShouldBeLessThanOrEqualTo(width - 4);
                bottom = box.Top + box.Height;
                bottom.ShouldBeLessThanOrEqualTo(height - 4);
            }
        }
    }

    [Fact]
    public void Keep_WhatTheFontsCannotDraw_IsLeftOut()
    {
        FontCoverage.Keep("Ä я λ 你好").ShouldBe("Ä я λ 你好");
        FontCoverage.Keep("a 😀 smile שלום").ShouldBe("a smile");
        FontCoverage.Keep("😀").ShouldBe("");
    }

    [Fact]
    public void Draw_NothingDrawable_StillNumbersTheShot() =>
        CaptionPainter.Measure(new Shot { Number = 1, Text = "😀", Frames = 24, Move = CameraMove.Static }, 1280, 720).Count.ShouldBe(1);

    [Theory]
    [InlineData(128, 128)]
    [InlineData(1280, 720)]
    public void Mark_AnySize_StaysInTheFrame(int width, int height)
    {
        using var mark = MarkPainter.Draw(width, height);
        mark.Left.ShouldBeGreaterThanOrEqualTo(0);
        (mark.Left + mark.Width).ShouldBeLessThanOrEqualTo(width);
    }
}
