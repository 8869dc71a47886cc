using System.Text.Json;
using Kinora.Errors;
using Kinora.Server.Api;
using Kinora.Server.Schema;
using Kinora.Uploads;
using static Kinora.Server.Schema.Shape;

namespace Kinora.Server.Gateway;

/// <summary>OpenAI's Files API, as far as it is for pictures that requests name by <c>file_id</c>.</summary>
internal sealed class FileRoutes(UploadService uploads) : IApiRoutes
{
    private const string Tag = "OpenAI: files";

    private const string Example =
        """{"id":"file-550e8400e29b41d4a716446655440000","object":"file","bytes":48211,"created_at":1795284000,"expires_at":null,"filename":"cat.png","purpose":"vision","status":"processed"}""";

    private static readonly Shape _file = Schema.Shape.Object(
        ("id", Text), ("object", OneOf("file")), ("bytes", Integer), ("created_at", Integer), ("expires_at", Anything), ("filename", Text), ("purpose", Text), ("status", OneOf("processed")));

    private static readonly TextParam _purpose = new("purpose") { Choices = UploadRules.Purposes };

    public IEnumerable<ApiOperation> Operations =>
    [
        Of("POST", "/v1/files", "openaiCreateFile", "Upload a picture", AddAsync) with
        {
            Access = ApiAccess.Create,
            About = "As a multipart form. What is kept is a clean PNG or JPEG without metadata, until it is deleted.",
            Body = new ApiBody(_purpose with { Required = true })
            {
                Form = true,
                Files = [new ApiFile("file", 1, "The picture") { Required = true }],
                Example = """{"purpose":"vision"}""",
            },
            Answer = new ApiAnswer(_file, Example),
            Errors = [ErrorCodes.InvalidImage, ErrorCodes.ImageTooLarge, ErrorCodes.LimitReached, ErrorCodes.StorageFull],
        },
        Of("GET", "/v1/files", "openaiListFiles", "Your files, newest first", ListAsync) with
        {
            Query =
            [
                new TextParam("after") { MaxLength = 100 }, new IntegerParam("limit", 1, UploadService.LargestPage) { Default = UploadService.LargestPage },
                new TextParam("order") { Choices = ["desc", "asc"], Default = "desc" }, _purpose,
            ],
            Answer = ListObject.Of(_file, Example, "file-550e8400e29b41d4a716446655440000"),
        },
        Of("GET", "/v1/files/{id}", "openaiGetFile", "One file", GetAsync) with { Answer = new ApiAnswer(_file, Example), Errors = [ErrorCodes.NotFound] },
        Of("GET", "/v1/files/{id}/content", "openaiGetFileContent", "The picture as it is kept", ContentAsync) with
        {
            Answer = ApiAnswer.File,
            Errors = [ErrorCodes.NotFound, ErrorCodes.AssetMissing],
        },
        Of("DELETE", "/v1/files/{id}", "openaiDeleteFile", "Forget a file", DeleteAsync) with
        {
            Access = ApiAccess.Create,
            Answer = ListObject.Deleted("file", "file-550e8400e29b41d4a716446655440000"),
            Errors = [ErrorCodes.NotFound],
        },
    ];

    private static ApiOperation Of(string method, string path, string name, string summary, Func<ApiCall, Task> run) => new(method, path, name, summary, run)
    {
        Tag = Tag,
        Style = OpenAiStyle.Instance,
        Access = ApiAccess.Read,
        Answer = ApiAnswer.File,
    };

    private async Task AddAsync(ApiCall call)
    {
        var sent = call.Sent("file")!;
        var file = await uploads.AddAsync(call.Caller, sent.Path, sent.Name, call.Arguments.Text("purpose"), call.Cancel);
        await call.AnswerAsync(json => Write(json, file));
    }

    private async Task ListAsync(ApiCall call)
    {
        var given = call.Arguments;
        var page = await uploads.ListAsync(call.Caller, given.TextOrNull("after"), (int)given.Integer("limit"), given.Text("order") == "asc", given.TextOrNull("purpose"), call.Cancel);
        await ListObject.AnswerAsync(call, page.Files, page.HasMore, file => file.Id.ToString(), Write);
    }

    private async Task GetAsync(ApiCall call)
    {
        var file = await uploads.GetAsync(call.Caller, call.Id, call.Cancel);
        await call.AnswerAsync(json => Write(json, file));
    }

    private async Task ContentAsync(ApiCall call)
    {
        var content = await uploads.ContentAsync(call.Caller, call.Id, call.Cancel);
        var picture = content.File.Picture;
        var stream = new FileStream(content.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, useAsync: true);
        await MediaFile.SendAsync(call.Context, stream, picture.MimeType, picture.Sha256, $"{content.File.Id}.{(picture.MimeType == "image/png" ? "png" : "jpg")}");
    }

    private async Task DeleteAsync(ApiCall call)
    {
        var file = await uploads.GetAsync(call.Caller, call.Id, call.Cancel);
        await uploads.DeleteAsync(call.Caller, call.Id, call.Cancel);
        await ListObject.AnswerDeletedAsync(call, "file", file.Id.ToString());
    }

    private static void Write(Utf8JsonWriter json, UploadedFile file)
    {
        json.WriteStartObject();
        json.WriteString("id", file.Id.ToString());
        json.WriteString("object", "file");
        json.WriteNumber("bytes", file.Bytes);
        json.WriteNumber("created_at", file.CreatedAt.ToUnixTimeSeconds());
        json.WriteNull("expires_at");
        json.WriteString("filename", file.FileName);
        json.WriteString("purpose", file.Purpose);
        json.WriteString("status", "processed");
        json.WriteEndObject();
    }
}
