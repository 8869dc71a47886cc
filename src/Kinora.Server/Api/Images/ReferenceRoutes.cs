using System.Text.Json;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Media;
using Kinora.References;
using Kinora.Server.Commands;
using Kinora.Server.Schema;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Api.Images;

/// <summary>Pictures of one's own part of the reference folder: what videos can start from by name.</summary>
internal sealed class ReferenceRoutes(ReferenceService references, MadePictures pictures) : IApiRoutes
{
    private const string Tag = "References";
    private const string Example = """{"filename":"cat.png","size_bytes":48211,"modified_timestamp":1795284000,"file_type":"png"}""";

    private static readonly Shape _item = Schema.Shape.Object(("filename", Text), ("size_bytes", Integer), ("modified_timestamp", Integer), ("file_type", OneOf("png", "jpeg", "webp")));

    public IEnumerable<ApiOperation> Operations =>
    [
        new("GET", "/api/references", "listReferences", "Your reference pictures", ListAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Read,
            Query =
            [
                new TextParam("pattern") { MaxLength = 200, About = "On names: * ? ** [a-z]" }, new TextParam("type") { Choices = ["png", "jpeg", "webp"] },
                new TextParam("sort_by") { Choices = ["modified", "name", "size"], Default = "modified" }, new TextParam("order") { Choices = ["desc", "asc"], Default = "desc" },
                new IntegerParam("limit", 1, ReferenceQuery.MaxLimit) { Default = 50 }, new TextParam("cursor") { MaxLength = 4_000 },
            ],
            Answer = new ApiAnswer(Schema.Shape.Object(("data", List(_item)), ("next_cursor", Anything)), $$"""{"data":[{{Example}}],"next_cursor":null}"""),
            Errors = [ErrorCodes.FolderUnusable],
        },
        new("POST", "/api/references", "addReference", "Keep a picture to make videos from", AddAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            About = "The file of a multipart form, or the picture as text in JSON. What is kept is a clean PNG or JPEG without metadata; an existing name is never replaced.",
            Body = new ApiBody(
                new TextParam("filename") { Required = true, MaxLength = 300, About = "The name to keep it under" },
                new TextParam("image") { MaxLength = 14 << 20, About = "As text: an image id of yours, base64 or a data URL" },
                new TextParam("image_url") { MaxLength = 2_000 })
            {
                Form = true,
                Files = [new ApiFile("image", 1, "The picture")],
                OnlyOneOf = ["image", "image_url"],
                Example = """{"filename":"square.png","image":"iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mP436FEEmIY1TCqYfhqAADONakQyQmpEAAAAABJRU5ErkJggg=="}""",
            },
            Answer = new ApiAnswer(_item, Example),
            Errors = [ErrorCodes.InvalidFileName, ErrorCodes.FileExists, ErrorCodes.InvalidImage, ErrorCodes.ImageTooLarge, ErrorCodes.UrlRefused, ErrorCodes.UrlFailed, ErrorCodes.NotFound, ErrorCodes.NotReady, ErrorCodes.FolderUnusable, ErrorCodes.OutputNotWritable, ErrorCodes.StorageFull],
        },
        new("POST", "/api/references/prepare", "prepareReference", "Make a reference picture ready: exactly of a size", PrepareAsync)
        {
            Tag = Tag,
            Access = ApiAccess.Create,
            Body = new ApiBody(
                new TextParam("input_filename") { Required = true, MaxLength = 300 }, new TextParam("target_size") { Required = true, MaxLength = 20, About = "WIDTHxHEIGHT" },
                new TextParam("output_filename") { MaxLength = 300 }, new TextParam("resize_mode") { Choices = ["crop", "pad", "rescale"], Default = "crop" },
                new TextParam("background") { MaxLength = 20, About = "Colour for padding, like #000000" })
            {
                Example = """{"input_filename":"square.png","target_size":"1280x720","resize_mode":"pad"}""",
            },
            Answer = new ApiAnswer(
                Schema.Shape.Object(("output_filename", Text), ("original_size", List(Integer)), ("target_size", List(Integer)), ("resize_mode", Text), ("size_bytes", Integer)),
                """{"output_filename":"square_1280x720.png","original_size":[16,16],"target_size":[1280,720],"resize_mode":"pad","size_bytes":48211}"""),
            Errors = [ErrorCodes.FileNotFound, ErrorCodes.InvalidFileName, ErrorCodes.FileExists, ErrorCodes.InvalidImage, ErrorCodes.ImageTooLarge, ErrorCodes.FolderUnusable, ErrorCodes.OutputNotWritable, ErrorCodes.StorageFull],
        },
    ];

    private async Task ListAsync(ApiCall call)
    {
        var given = call.Arguments;
        var query = new ReferenceQuery
        {
            Pattern = given.TextOrNull("pattern"),
            Type = given.TextOrNull("type") is { } type ? Enum.Parse<PictureType>(type, ignoreCase: true) : null,
            SortBy = Enum.Parse<ReferenceOrder>(given.Text("sort_by"), ignoreCase: true),
            Descending = given.Text("order") == "desc",
            Limit = (int)given.Integer("limit"),
            Cursor = given.TextOrNull("cursor"),
        };
        var page = await references.ListAsync(call.Caller.UserId, query, call.Cancel);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            ApiJson.WriteList(json, "data", page.Items, Write);
            json.WriteString("next_cursor", page.NextCursor);
            json.WriteEndObject();
        });
    }

    private async Task AddAsync(ApiCall call)
    {
        var picture = JobRoutes.Picture(call, "image") ?? throw KinoraException.Invalid([new Fault("image", "Send the picture: as the file \"image\" of a multipart form, or as image or image_url.")]);
        var source = await pictures.LocateAsync(call.Caller, picture, call.Cancel);
        var added = await references.AddAsync(call.Caller.UserId, call.Arguments.Text("filename"), source, call.Cancel);
        await call.AnswerAsync(json => Write(json, added));
    }

    private async Task PrepareAsync(ApiCall call)
    {
        var given = call.Arguments;
        if (!FrameSize.TryParse(given.Text("target_size"), out var size))
        {
            throw KinoraException.Invalid([new Fault("target_size", "A size is written WIDTHxHEIGHT in pixels, like 1280x720.")]);
        }

        var made = await references.PrepareAsync(
            call.Caller.UserId,
            new PrepareReference(given.Text("input_filename"), size)
            {
                OutputName = given.TextOrNull("output_filename"),
                Mode = Enum.Parse<FitMode>(given.Text("resize_mode"), ignoreCase: true),
                Background = given.TextOrNull("background"),
            },
            call.Cancel);
        await call.AnswerAsync(json =>
        {
            json.WriteStartObject();
            json.WriteString("output_filename", made.OutputName);
            WriteSize(json, "original_size", made.OriginalWidth, made.OriginalHeight);
            WriteSize(json, "target_size", made.Width, made.Height);
            json.WriteString("resize_mode", given.Text("resize_mode"));
            json.WriteNumber("size_bytes", made.Bytes);
            json.WriteEndObject();
        });
    }

    private static void WriteSize(Utf8JsonWriter json, string name, int width, int height)
    {
        json.WriteStartArray(name);
        json.WriteNumberValue(width);
        json.WriteNumberValue(height);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReferenceItem item)
    {
        json.WriteStartObject();
        json.WriteString("filename", item.Name);
        json.WriteNumber("size_bytes", item.Bytes);
        JobView.WriteTime(json, "modified_timestamp", item.ModifiedAt);
        json.WriteString("file_type", item.Type.ToString().ToLowerInvariant());
        json.WriteEndObject();
    }
}
