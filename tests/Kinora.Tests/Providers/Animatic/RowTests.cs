using Kinora.Adapters.Providers.Animatic.Frames;
using Shouldly;
using Xunit;

namespace Kinora.Tests.Providers.Animatic;

/// <summary>What makes frames fast must not change them.</summary>
public sealed unsafe class RowTests
{
    [Theory]
    [InlineData(33_000)]
    [InlineData(59_111)]
    [InlineData(70_999)]
    [InlineData(131_072)]
    public void ZoomedRow_IsTheBilinearReadingOfEverySample(int fixedStep)
    {
        var step = fixedStep / 65536.0;
        const int width = 300;
        using var plane = new Plane(width * 2 + 2, 2);
        for (var x = 0; x < plane.Width; x++)
        {
            plane.Row(0)[x] = (short)(x * 7919 % 16321);
        }

        using var sampler = new PlaneSampler(width);
        var (scratch, to) = (new short[1024], new short[1024]);
        sampler.Aim(plane.Width, plane.Height, 0.25, 0, step, width, 1, covers: true);
        sampler.Seek(0, plane.Height, covers: true, null, 1);

        fixed (short* s = scratch, t = to)
        {
            sampler.Read(plane, new Stretch(0, sampler.Count), s, t);
            for (var x = 0; x < width; x++)
            {
                var place = 0.25 + x * step;
                var (at, share) = ((int)place, place - Math.Floor(place));
                ((double)t[x]).ShouldBe(plane.Row(0)[at] * (1 - share) + plane.Row(0)[at + 1] * share, 2.5, $"sample {x}");
            }
        }
    }

    [Fact]
    public void Survey_TellsClearSolidAndMixedRows_AndWhereTheyAreNotClear()
    {
        using var alpha = new Plane(200, 6);
        (alpha.Row(2)[3], alpha.Row(2)[150]) = (1, 9);
        new Span<short>(alpha.Row(4) + 4, 192).Fill(RowMath.One);
        new Span<short>(alpha.Row(5) + 4, 192).Fill(RowMath.One);

        var survey = new PlaneSurvey(alpha);

        Enumerable.Range(-1, 7).Select(survey.Kind)
            .ShouldBe([RowKind.Empty, RowKind.Empty, RowKind.Mixed, RowKind.Mixed, RowKind.Mixed, RowKind.Solid, RowKind.Empty]);
        survey.Stretches(1).ToArray().ShouldBe([new Stretch(0, 16), new Stretch(144, 160)]);
        survey.Stretches(4).ToArray().ShouldBe([new Stretch(0, 200)]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1e-15)]
    [InlineData(1e-15)]
    [InlineData(37.4)]
    public void Rain_WithItsClearStretchesSkipped_IsDrawnWhole(double moved)
    {
        const int width = 320, height = 128;
        using var ground = new Layer(0, 0, width, height, opaque: true);
        using var tile = new Falling(128);
        (tile.Colour.Row(0)[127], tile.Alpha.Row(0)[127]) = (9000, RowMath.One);
        (tile.Colour.Row(90)[5], tile.Alpha.Row(90)[5]) = (9000, RowMath.One);
        tile.Survey();
        using var canvas = new FrameCanvas(width, height);
        var frame = new byte[FrameCanvas.FrameBytes(width, height)];

        canvas.Draw(new FrameRecipe(new SceneView([new PlacedLayer(ground, new View(0, 0, 1))], new FallingView([new FallingSheet(tile, moved, moved)])), null, 0, []), frame);

        // Two drops a tile, two or three tiles in the frame's width. Between two rows a drop shows on both.
        var lit = frame.AsSpan(0, width * height).ToArray().Count(sample => sample > 20);
        lit.ShouldBe(moved > 1 ? 12 : 5);
    }
}
