using System.CommandLine;
using Kinora.Catalog;
using Kinora.Generation;

namespace Kinora.Server.Commands;

/// <summary>What <c>image</c> and <c>session say</c> can ask of a picture.</summary>
internal sealed class PictureOptions
{
    private readonly Argument<string> _prompt = new("prompt") { Description = "What the picture shows, or what shall change; - reads it from stdin" };

    private readonly Option<string[]> _inputs = new("--input", "-i")
    {
        Description = "Picture to change or draw from (PNG, JPEG, WebP, or the id of an image); may be repeated",
        HelpName = PictureArgument.HelpName,
    };

    private readonly Option<string?> _mask = new("--mask") { Description = "PNG as large as the first picture, transparent where it may change", HelpName = PictureArgument.HelpName };
    private readonly Option<string?> _from = new("--from") { Description = "Id of the image to go on from", HelpName = "IMAGE_ID" };
    private readonly Option<string?> _size = new("--size") { Description = "Size, e.g. 1024x1024, or auto", HelpName = "WxH" };
    private readonly Option<string?> _quality = Words("--quality", ImageWords.Qualities);
    private readonly Option<string?> _background = Words("--background", ImageWords.Backgrounds);
    private readonly Option<string?> _format = Words("--format", ImageWords.Formats);
    private readonly Option<int?> _count = new("--count", "-n") { Description = "How many pictures", HelpName = "NUMBER" };

    public void AddTo(Command command)
    {
        command.Arguments.Add(_prompt);
        foreach (var option in new Option[] { _inputs, _mask, _from, _size, _quality, _background, _format, _count })
        {
            command.Options.Add(option);
        }
    }

    /// <param name="outFile">Its ending tells the format where none is asked for.</param>
    public GenerationDraft Read(ParseResult parsed, string? outFile) => new()
    {
        Kind = MediaKind.Image,
        Prompt = PromptText.Read(parsed.GetValue(_prompt)),
        References = [.. (parsed.GetValue(_inputs) ?? []).Select(text => PictureArgument.Read("--input", text)!)],
        Mask = PictureArgument.Read("--mask", parsed.GetValue(_mask)),
        SourceId = parsed.GetValue(_from),
        Size = parsed.GetValue(_size),
        Quality = parsed.GetValue(_quality),
        Background = parsed.GetValue(_background),
        Format = parsed.GetValue(_format) ?? FormatOf(outFile),
        Count = parsed.GetValue(_count),
    };

    private static Option<string?> Words(string name, IReadOnlyList<string> allowed) => new(name) { Description = string.Join(", ", allowed), HelpName = "WORD" };

    private static string? FormatOf(string? outFile) => Path.GetExtension(outFile)?.ToLowerInvariant() switch
    {
        ".png" => "png",
        ".jpg" or ".jpeg" => "jpeg",
        ".webp" => "webp",
        _ => null,
    };
}
