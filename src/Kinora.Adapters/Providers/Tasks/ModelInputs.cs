using System.Globalization;
using System.Text.Json.Serialization;
using Kinora.Adapters.Providers.Http;
using Kinora.Catalog;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>Writes a request as the inputs of a hosted model.</summary>
internal static class ModelInputs
{
    // For models whose frames are not known: the ratio nearest to the size that was asked.
    private static readonly string[] _ratios = ["16:9", "9:16", "1:1", "4:3", "3:4", "3:2", "2:3", "21:9", "9:21"];

    /// <param name="names">What the model calls them.</param>
    /// <param name="frames">Its words for frames; null when they are not known.</param>
    /// <returns>Values of <see cref="InputsJson"/>.</returns>
    /// <exception cref="UnsayableException">Something was asked for that it has no input for.</exception>
    public static async Task<Dictionary<string, object>> OfAsync(Submission submission, InputNames names, FrameTable? frames, CancellationToken cancel)
    {
        var request = submission.Request;
        var inputs = new Dictionary<string, object>(StringComparer.Ordinal) { [names.Prompt] = request.Prompt };
        void Add(string? name, object? value, string what)
        {
            if (value is not null)
            {
                inputs[name ?? throw new UnsayableException($"takes no {what} there.")] = value;
            }
        }

        void AddIfNamed(string? name, object? value) => Add(name, name is null ? null : value, "");

        Add(names.NegativePrompt, request.NegativePrompt, "negative prompt");
        Add(names.Seed, request.Seed, "seed");
        Add(names.FirstFrame, request.FirstFrame is { } first ? await DataUrl.OfAsync(submission, first, cancel) : null, "first frame");
        Add(names.LastFrame, request.LastFrame is { } last ? await DataUrl.OfAsync(submission, last, cancel) : null, "last frame");
        Add(names.References, await PicturesAsync(submission, names, cancel), "reference pictures");
        Add(null, request.Mask, "mask");

        // Filled in by the catalogue as well as asked for: a model without such an input makes its one length, and the shape of its first frame.
        AddIfNamed(names.Seconds, Seconds(request.Seconds, names.SecondsForm));
        if (request.Size is { } size)
        {
            var (resolution, ratio) = frames?.Words(size) ?? Nearest(size);
            AddIfNamed(names.Ratio, ratio);
            AddIfNamed(names.Resolution, resolution);
            AddIfNamed(names.Size, new WireSize(size.Width, size.Height));
        }

        AddIfNamed(names.Audio, request.Audio);
        if (request.Kind == MediaKind.Image)
        {
            Add(names.Count, request.Count > 1 ? (long)request.Count : null, "number of pictures");
            AddIfNamed(names.Format, request.Format is "jpeg" && names.ShortJpeg ? "jpg" : request.Format ?? "png");
        }

        return inputs;
    }

    private static async Task<object?> PicturesAsync(Submission submission, InputNames names, CancellationToken cancel)
    {
        var pictures = new List<DataUrl>();
        if (submission is { Request.Kind: MediaKind.Image, Source: { } source })
        {
            pictures.Add(await DataUrl.OfAsync(source.FilePath, source.MimeType ?? "image/png", cancel));
        }

        foreach (var picture in submission.Request.References)
        {
            pictures.Add(await DataUrl.OfAsync(submission, picture, cancel));
        }

        return pictures switch
        {
            [] => null,
            [var only] when names.OneReference => only,
            _ when names.OneReference => throw new UnsayableException("takes one picture at a time there."),
            _ => pictures,
        };
    }

    private static object? Seconds(double? seconds, SecondsForm form) => seconds is not { } length ? null : form switch
    {
        SecondsForm.Text => length.ToString(CultureInfo.InvariantCulture),
        SecondsForm.TextWithUnit => string.Create(CultureInfo.InvariantCulture, $"{length}s"),
        _ => length,
    };

    private static (string Resolution, string Ratio) Nearest(FrameSize size)
    {
        var shape = Math.Log((double)size.Width / size.Height);
        return (
            string.Create(CultureInfo.InvariantCulture, $"{Math.Min(size.Width, size.Height)}p"),
            _ratios.MinBy(ratio => Math.Abs(Math.Log(double.Parse(ratio.Split(':')[0], CultureInfo.InvariantCulture) / double.Parse(ratio.Split(':')[1], CultureInfo.InvariantCulture)) - shape))!);
    }
}

internal sealed record WireSize(int Width, int Height);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Dictionary<string, object>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(DataUrl))]
[JsonSerializable(typeof(List<DataUrl>))]
[JsonSerializable(typeof(WireSize))]
internal sealed partial class InputsJson : JsonSerializerContext;
