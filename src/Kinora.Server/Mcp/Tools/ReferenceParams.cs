using Kinora.Errors;
using Kinora.Media;
using Kinora.References;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

/// <summary>Parameters of the reference tools, which seed 000 named first, and what they become.</summary>
internal static class ReferenceParams
{
    public static IReadOnlyList<Param> List { get; } =
    [
        new TextParam("pattern") { MaxLength = 200, About = "Glob, e.g. cat*.png" },
        new TextParam("file_type") { Choices = ["all", "jpeg", "png", "webp"], Default = "all" },
        new TextParam("sort_by") { Choices = ["modified", "name", "size"], Default = "modified" },
        new TextParam("order") { Choices = ["desc", "asc"], Default = "desc" },
        new IntegerParam("limit", 1, 100) { Default = 50 },
    ];

    public static TextParam Input { get; } = new("input_filename")
    {
        Required = true,
        BlamedFor = [ErrorCodes.InvalidFileName, ErrorCodes.FileNotFound, ErrorCodes.InvalidImage, ErrorCodes.ImageTooLarge],
        FoundBy = FoundBy.References,
    };

    public static TextParam Output { get; } = new("output_filename") { BlamedFor = [ErrorCodes.FileExists, ErrorCodes.OutputNotWritable] };

    public static TextParam Mode { get; } = new("resize_mode") { Choices = ["crop", "pad", "rescale"], Default = "crop" };

    public static ReferenceQuery Query(GivenArguments given) => new()
    {
        Pattern = given.TextOrNull("pattern"),
        Type = given.Text("file_type") switch { "jpeg" => PictureType.Jpeg, "png" => PictureType.Png, "webp" => PictureType.WebP, _ => null },
        SortBy = given.Text("sort_by") switch { "name" => ReferenceOrder.Name, "size" => ReferenceOrder.Size, _ => ReferenceOrder.Modified },
        Descending = given.Text("order") == "desc",
        Limit = (int)given.Integer("limit"),
        Cursor = given.TextOrNull("after"),
    };

    public static PrepareReference Prepare(GivenArguments given) =>
        new(
            given.Text("input_filename"),
            Catalog.FrameSize.TryParse(given.Text("target_size"), out var size)
                ? size
                : throw KinoraException.Invalid([new Fault("target_size", "target_size is written WIDTHxHEIGHT in pixels, like 1280x720.")]))
        {
            OutputName = given.TextOrNull("output_filename"),
            Mode = given.Text("resize_mode") switch { "pad" => FitMode.Pad, "rescale" => FitMode.Rescale, _ => FitMode.Crop },
            Background = given.TextOrNull("background"),
        };
}
