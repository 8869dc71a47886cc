using Kinora.References;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

internal sealed class ListReferencesTool : McpTool
{
    private const int RowsInText = 15;

    public override ToolSpec Spec { get; } = new("list_references", "reference", "See the pictures of the reference folder that a video can start from.")
    {
        Params = [.. ReferenceParams.List, new TextParam("after") { About = "next of the page before" }],
        Result = Shape.Object(
            ("data", Shape.List(Shape.Object(
                ("filename", Shape.Text), ("size_bytes", Shape.Integer), ("modified_timestamp", Shape.Integer), ("file_type", Shape.Text)))),
            ("next?", Shape.Text)),
        Effect = ToolEffect.Reads,
        Idempotent = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var page = await call.Studio.References.ListAsync(call.Client.Caller.UserId, ReferenceParams.Query(call.Arguments), cancel);
        return ToolAnswer.Of(
            json =>
            {
                json.WriteStartObject();
                ReferenceRows.Write(json, page);
                if (page.NextCursor is { } next)
                {
                    json.WriteString("next", next);
                }

                json.WriteEndObject();
            },
            Describe(page));
    }

    private static string Describe(ReferencePage page)
    {
        if (page.Items.Count == 0)
        {
            return "There is no such picture in the reference folder.";
        }

        var rows = page.Items.Take(RowsInText).Select(i => PlainText.Clean(i.Name, 60));
        return string.Join('\n', rows) + (page.Items.Count > RowsInText ? "\n… more in data" : "") + (page.NextCursor is null ? "" : "\nThere is another page: after=next");
    }
}

/// <summary>Rows of the reference folder as seed 000 shows them.</summary>
internal static class ReferenceRows
{
    public static void Write(System.Text.Json.Utf8JsonWriter json, ReferencePage page)
    {
        json.WriteStartArray("data");
        foreach (var item in page.Items)
        {
            json.WriteStartObject();
            json.WriteString("filename", item.Name);
            json.WriteNumber("size_bytes", item.Bytes);
            json.WriteNumber("modified_timestamp", item.ModifiedAt.ToUnixTimeSeconds());
            json.WriteString("file_type", item.Type.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
