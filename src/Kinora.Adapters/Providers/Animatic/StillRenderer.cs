using Kinora.Adapters.Media.Vips;
using Kinora.Adapters.Providers.Animatic.Captions;
using Kinora.Adapters.Providers.Animatic.Scenes;
using Kinora.Adapters.Providers.Animatic.Shots;

namespace Kinora.Adapters.Providers.Animatic;

/// <summary>A picture to be drawn, or a picture to be changed.</summary>
internal sealed record AnimaticStill
{
    public required string Prompt { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required long Seed { get; init; }

    /// <summary><c>png</c>, <c>jpeg</c> or <c>webp</c>.</summary>
    public string Format { get; init; } = "png";

    public int Quality { get; init; } = 90;

    /// <summary>Only the figures, on nothing. Not with jpeg, nor with an input.</summary>
    public bool Transparent { get; init; }

    /// <summary>A validated picture that is changed: cover-fitted, graded towards the prompt's light, annotated.</summary>
    public string? InputPath { get; init; }

    /// <summary>A PNG whose transparent part is where the change may show.</summary>
    public string? MaskPath { get; init; }
}

/// <summary>Draws stills with the same scenes as the film; needs no ffmpeg.</summary>
internal static class StillRenderer
{
    private const double GradeStrength = 0.45;

    internal static byte[] Render(AnimaticStill still)
    {
        var shot = ShotList.Parse(still.Prompt, AnimaticFilm.FramesPerSecond, still.Seed).Shots[0];
        var idea = SceneReading.Read([shot], still.Seed)[0];
        using var drawn = still.InputPath is { } input ? Change(still, idea, input) : StageBuilder.Still(idea, still.Width, still.Height, still.Transparent);
        using var marked = Mark(drawn, still);
        return still.Format switch
        {
            "jpeg" => marked.ToJpeg(still.Quality),
            "webp" => marked.ToWebp(still.Quality),
            _ => marked.ToPng(),
        };
    }

    // The light of the words (night, rain, sunset) is laid over the picture, only where the mask lets it.
    private static VipsImage Change(AnimaticStill still, SceneIdea idea, string input)
    {
        using var picture = PictureScene.Fit(input, still.Width, still.Height);
        using var pixels = picture.ReadPixels();
        using var maskImage = still.MaskPath is { } path ? VipsImageOperations.Thumbnail(path, still.Width, still.Height, VipsFit.Cover) : null;
        using var mask = maskImage?.ReadPixels();
        var palette = Palette.For(idea);
        var changed = new byte[still.Width * still.Height * 4];
        for (var y = 0; y < still.Height; y++)
        {
            var row = pixels.Row(y);
            var sky = palette.Top.Mix(palette.Low, y / (double)still.Height);
            for (var x = 0; x < still.Width; x++)
            {
                var own = new Frames.Rgb(row[x * pixels.Bands], row[x * pixels.Bands + 1], row[x * pixels.Bands + 2]);
                var graded = palette.Grade(own).Mix(sky, 0.18);
                var open = mask is null ? 1 : mask.Bands is 2 or 4 ? 1 - mask.Row(y)[x * mask.Bands + mask.Bands - 1] / 255.0 : 0;
                var result = own.Mix(graded, (palette.IsDark ? 0.8 : GradeStrength) * open).Clamp();
                var at = (y * still.Width + x) * 4;
                (changed[at], changed[at + 1], changed[at + 2], changed[at + 3]) = ((byte)(result.R + 0.5f), (byte)(result.G + 0.5f), (byte)(result.B + 0.5f), 255);
            }
        }
        return Annotate(VipsImage.FromPixels(changed, still.Width, still.Height, 4), still);
    }

    private static VipsImage Annotate(VipsImage picture, AnimaticStill still)
    {
        var note = new Shot { Number = 1, Text = still.Prompt.ReplaceLineEndings(" "), Frames = 1, Move = CameraMove.Static };
        using var below = picture;
        if (CaptionPainter.Paint(note, still.Width, still.Height, "EDIT") is not { } caption)
        {
            return picture.Copy();
        }

        using var ink = caption.Canvas.ToImage();
        using var both = below.Composite(ink, 0, caption.Top);
        return both.ToBytes();
    }

    // What is transparent stays free of everything but the figures: it is meant to be laid over something else.
    private static VipsImage Mark(VipsImage picture, AnimaticStill still)
    {
        if (still.Transparent)
        {
            return picture.Copy();
        }

        var (canvas, left, top) = MarkPainter.Paint(still.Width, still.Height);
        using var ink = canvas.ToImage();
        using var both = picture.Composite(ink, left, top);
        using var bytes = both.ToBytes();
        return bytes.Band(0, 3);
    }
}
