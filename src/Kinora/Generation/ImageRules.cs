using System.Globalization;
using Kinora.Catalog;
using Kinora.Errors;

namespace Kinora.Generation;

/// <summary>The part of <see cref="RequestRules"/> that is about pictures.</summary>
internal static class ImageRules
{
    /// <param name="refuse">For what this model cannot do: field and text.</param>
    public static void Check(GenerationRequest request, ModelInfo model, List<Fault> faults, Action<string, string> refuse)
    {
        void Wrong(string field, string text) => faults.Add(new Fault(field, text));

        VideoOnly(request, Wrong);
        OneOf("format", request.Format, ImageWords.Formats, Wrong);
        OneOf("quality", request.Quality, ImageWords.Qualities, Wrong);
        OneOf("background", request.Background, ImageWords.Backgrounds, Wrong);
        OneOf("use_case", request.UseCase, ImageWords.UseCases.Keys.ToList(), Wrong);
        if (request is { Background: "transparent", Format: "jpeg" })
        {
            Wrong("background", "A JPEG cannot be transparent. Ask for png or webp, or leave the background out.");
        }

        if (request.Count < 1)
        {
            Wrong("count", $"At least one picture is made; you asked for {request.Count}.");
        }

        if (request.Characters.Count > 0)
        {
            Wrong("characters", "Characters are seen in videos; for a picture, give pictures of them as references.");
        }

        Mask(request, Wrong);
        if (model.Image is { } can)
        {
            Model(request, model, can, refuse);
        }
    }

    /// <summary>How many pictures it changes or draws from.</summary>
    public static int Inputs(GenerationRequest request) => request.References.Count + (request.Source is null ? 0 : 1);

    private static void VideoOnly(GenerationRequest request, Action<string, string> wrong)
    {
        foreach (var (field, given, what) in (ReadOnlySpan<(string, bool, string)>)
            [
                ("seconds", request.Seconds is not null, "length"), ("reference", request.FirstFrame is not null, "first frame"),
                ("last_frame", request.LastFrame is not null, "last frame"), ("audio", request.Audio is not null, "sound"),
            ])
        {
            if (given)
            {
                wrong(field, $"A picture has no {what}; leave it out.");
            }
        }
    }

    private static void OneOf(string field, string? word, IReadOnlyList<string> allowed, Action<string, string> wrong)
    {
        if (word is not null && !allowed.Contains(word))
        {
            wrong(field, $"The {field.Replace('_', ' ')} is one of {string.Join(", ", allowed)}.");
        }
    }

    private static void Mask(GenerationRequest request, Action<string, string> wrong)
    {
        if (request.Mask is not { } mask)
        {
            return;
        }

        if (Inputs(request) == 0)
        {
            wrong("mask", "A mask says where a picture may change; give the picture too.");
        }

        if (!mask.Alpha)
        {
            wrong("mask", "The mask has no transparent part: an alpha channel tells where to paint. Give a PNG with one.");
        }

        if (request is { Source: null, References: [var first, ..] } && (first.Width != mask.Width || first.Height != mask.Height))
        {
            wrong("mask", string.Create(
                CultureInfo.InvariantCulture,
                $"The mask must be as large as its picture, {first.Width}x{first.Height}; it is {mask.Width}x{mask.Height}."));
        }
    }

    private static void Model(GenerationRequest request, ModelInfo model, ImageRule can, Action<string, string> refuse)
    {
        if (request.Count > can.MaxCount)
        {
            refuse("count", $"{model.Id} makes at most {Pictures(can.MaxCount)} at once; you asked for {request.Count}.");
        }

        if (Inputs(request) is var inputs && inputs > can.MaxInputs)
        {
            refuse("references", can.MaxInputs == 0
                ? $"{model.Id} makes pictures from words only."
                : $"{model.Id} takes at most {Pictures(can.MaxInputs)} at once; you gave {inputs}.");
        }

        if (request.Mask is not null && !can.Mask)
        {
            refuse("mask", $"{model.Id} takes no mask.");
        }

        if (request.Format is { } format && ImageWords.Formats.Contains(format) && !can.Formats.Contains(format))
        {
            refuse("format", $"{model.Id} writes {string.Join(", ", can.Formats)}; you asked for {format}.");
        }

        if (request.Quality is { } quality and not "auto" && can.Qualities.Count > 0 && ImageWords.Qualities.Contains(quality) && !can.Qualities.Contains(quality))
        {
            refuse("quality", $"{model.Id} knows the qualities {string.Join(", ", can.Qualities)}; you asked for {quality}.");
        }

        if (request.Background == "transparent" && !can.Transparent)
        {
            refuse("background", $"{model.Id} makes no transparent backgrounds.");
        }

        if (request.NegativePrompt is not null && !model.NegativePrompt)
        {
            refuse("negative_prompt", $"{model.Id} takes no negative prompt.");
        }

        if (request.Seed is not null && !model.Seed)
        {
            refuse("seed", $"{model.Id} takes no seed.");
        }

        if (request.Analyze && !can.Analyzes)
        {
            refuse("model", $"{model.Id} cannot say what a picture shows.");
        }
    }

    private static string Pictures(int count) => count == 1 ? "1 picture" : FormattableString.Invariant($"{count} pictures");
}
