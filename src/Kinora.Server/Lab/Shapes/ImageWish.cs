using System.Globalization;
using System.Text.Json.Nodes;
using Kinora.Catalog;

namespace Kinora.Server.Lab.Shapes;

/// <summary>What pictures were asked for, with what holds when nothing was said.</summary>
/// <param name="Partials">How many unfinished pictures a stream shows on the way to each.</param>
internal sealed record ImageWish(int Count, FrameSize Size, string Quality, string Background, string Format, int Partials)
{
    private static readonly string[] _qualities = ["low", "medium", "high", "xhigh", "max", "auto"];
    private static readonly string[] _backgrounds = ["transparent", "opaque", "auto"];
    private static readonly string[] _formats = ["png", "jpeg", "webp"];

    /// <summary>Links were asked for, and not the bytes; only of servers with both.</summary>
    public bool AsLinks { get; init; }

    /// <summary>What the server says of its background: a thing that was decided.</summary>
    public string Made => Background == "transparent" ? "transparent" : "opaque";

    /// <summary>Reads the fields of the Images API, or of the image tool.</summary>
    /// <param name="field">The value of a field as text; null when it was not sent.</param>
    public static (ImageWish? Wish, string Fault) Read(Func<string, string?> field)
    {
        var (count, size, quality, background, format) = (field("n"), field("size"), field("quality"), field("background"), field("output_format"));
        var partials = field("partial_images") is { Length: > 0 } asked ? asked : "0";
        var frame = new FrameSize(1024, 1024);
        if (size is not (null or "auto") && !(FrameSize.TryParse(size, out frame) && IsMade(frame)))
        {
            return (null, $"Invalid value: '{size}'. Width and height are divisible by 16, at most 3:1, 655360 to 8294400 pixels.");
        }

        var fault = count is not null && !(int.TryParse(count, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 10) ? $"Invalid 'n': {count}. It is an integer from 1 to 10."
            : quality is not null && !_qualities.Contains(quality) ? Allowed("quality", _qualities)
            : background is not null && !_backgrounds.Contains(background) ? Allowed("background", _backgrounds)
            : format is not null && !_formats.Contains(format) ? Allowed("output_format", _formats)
            : background == "transparent" && format == "jpeg" ? "Transparent background is not supported with jpeg; use png or webp."
            : partials is not ("0" or "1" or "2" or "3") ? $"Invalid 'partial_images': {partials}. It is an integer from 0 to 3."
            : "";
        return fault.Length > 0 ? (null, fault) : (new ImageWish(
            count is null ? 1 : int.Parse(count, CultureInfo.InvariantCulture), frame, quality is null or "auto" ? "medium" : quality, background ?? "auto", format ?? "png", partials[0] - '0'), "");
    }

    /// <summary>One picture, bent as the script wants; the bytes that are sent, and base64 of them that may be none.</summary>
    public async Task<(byte[] Bytes, string Base64)> MakeAsync(LabDesk desk, LabScript script)
    {
        var picture = new LabPicture(
            script.Picture == "other_size" ? new FrameSize(Size.Width / 2, Size.Height / 2) : Size,
            script.Picture == "other_format" ? (Format == "png" ? "jpeg" : "png") : Format,
            Made == "transparent" && script.Picture != "opaque");
        var bytes = script.Picture == "garbage" ? [.. Enumerable.Range(0, 4096).Select(i => (byte)(i * 31))] : await desk.Pictures.MakeAsync(picture);
        if (script.Bytes is { } size && size > bytes.Length)
        {
            Array.Resize(ref bytes, (int)Math.Min(size, 100_000_000));
        }

        return (bytes, script.Picture == "bad_base64" ? "!!! this is no base64 !!!" : Convert.ToBase64String(bytes));
    }

    /// <summary>A picture on the way to a finished one, base64: the later, the sharper.</summary>
    public async Task<string> PartialAsync(LabDesk desk, int index) =>
        Convert.ToBase64String(await desk.Pictures.MakeAsync(new LabPicture(Size, Format, Made == "transparent", 8 * (Partials - index))));

    /// <summary>Writes into an answer what was made.</summary>
    public void Describe(JsonObject answer)
    {
        answer["background"] = Made;
        answer["output_format"] = Format;
        answer["quality"] = Quality;
        answer["size"] = Size.ToString();
    }

    /// <summary>What the tokens of it are in the lab: ten for the words, 200 a picture given, 1,000 a picture made.</summary>
    public JsonObject Usage(int inputs) => new()
    {
        ["input_tokens"] = 10 + (200 * inputs),
        ["input_tokens_details"] = new JsonObject { ["text_tokens"] = 10, ["image_tokens"] = 200 * inputs },
        ["output_tokens"] = 1000 * Count,
        ["output_tokens_details"] = new JsonObject { ["text_tokens"] = 0, ["image_tokens"] = 1000 * Count },
        ["total_tokens"] = 10 + (200 * inputs) + (1000 * Count),
    };

    private static string Allowed(string name, string[] values) => $"Invalid value for '{name}'. Supported values are: {string.Join(", ", values)}.";

    private static bool IsMade(FrameSize size) =>
        size.Width % 16 == 0 && size.Height % 16 == 0 && size.Pixels is >= 655_360 and <= 8_294_400 && Math.Max(size.Width, size.Height) <= 3 * Math.Min(size.Width, size.Height);
}
