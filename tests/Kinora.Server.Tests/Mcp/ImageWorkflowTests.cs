using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp.Door;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp;

/// <summary>Images on their way: into a video with the tools of sora-mcp-server, and with the native design tools.</summary>
public sealed class ImageWorkflowTests : IDisposable
{
    private readonly KinoraProgram _kinora = new();

    public void Dispose() => _kinora.Dispose();

    [Fact]
    public async Task SoraMcpServer_ImageCreateStatusDownloadPrepareAndVideo()
    {
        await using var client = await StdioMcp.StartAsync(_kinora, "--profile", "sora-mcp-server");
        var first = await client.ObjectAsync("image_create", new JsonObject { ["prompt"] = "A pilot in a cockpit", ["size"] = "1536x1024", ["output_format"] = "jpeg" });
        first.EnumerateObject().Select(p => p.Name).ShouldBe(["id", "status", "created_at"]);
        await DoneAsync(client, "image_get_status", "response_id", Text(first, "id"));
        var second = await client.ObjectAsync("image_create", new JsonObject { ["prompt"] = "night falls", ["previous_response_id"] = Text(first, "id") });
        await DoneAsync(client, "image_get_status", "response_id", Text(second, "id"));

        var saved = await client.ObjectAsync("image_download", new JsonObject { ["response_id"] = Text(first, "id") });
        (Text(saved, "filename"), Text(saved, "format")).ShouldBe((Text(first, "id") + ".jpeg", "jpeg"));
        saved.GetProperty("size").EnumerateArray().Select(n => n.GetInt32()).ShouldBe([1536, 1024]);
        Text(saved, "path").ShouldBe(Path.Combine(_kinora.Data, "references", Text(saved, "filename")));
        var named = await client.ObjectAsync("image_download", new JsonObject { ["response_id"] = Text(second, "id"), ["filename"] = "pilot.png" });

        var prepared = await client.ObjectAsync("sora_prepare_reference", new JsonObject { ["input_filename"] = Text(named, "filename"), ["target_size"] = "1280x720" });
        var video = await client.ObjectAsync(
            "sora_create_video",
            new JsonObject { ["prompt"] = "The pilot looks up", ["seconds"] = "4", ["size"] = "1280x720", ["input_reference_filename"] = Text(prepared, "output_filename") });
        await DoneAsync(client, "sora_get_status", "video_id", Text(video, "id"));
        var film = await client.ObjectAsync("sora_download", new JsonObject { ["video_id"] = Text(video, "id") });
        new FileInfo(Text(film, "path")).Length.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public async Task SoraMcpServer_ImageThatIsNotReady_IsRefusedAndNothingIsSaved()
    {
        await using var client = await StdioMcp.StartAsync(_kinora, "--profile", "sora-mcp-server");

        var missing = (await client.ToolAsync("image_download", """{"response_id":"image_none"}""")).GetProperty("result");

        missing.GetProperty("isError").GetBoolean().ShouldBeTrue();
        missing.GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain("There is no image with that id.");
    }

    [Fact]
    public async Task DesignTools_BatchAssetAndImprovement_AloneAndInASession()
    {
        await using var client = await StdioMcp.StartAsync(_kinora, "--toolsets", "session,design");
        var session = Text(await client.ObjectAsync("create_image_session", new JsonObject { ["description"] = "A calm series" }), "session_id");
        var products = await client.ObjectAsync("generate_product_image", new JsonObject { ["product_description"] = "a blue mug", ["batch_count"] = 3, ["session_id"] = session });
        products.GetProperty("success").GetBoolean().ShouldBeTrue();
        products.GetProperty("failures").GetArrayLength().ShouldBe(0);
        var paths = products.GetProperty("results").EnumerateArray().Select(r => Text(r.GetProperty("images")[0], "path")).ToList();
        // Takes that end together keep their own files.
        paths.Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["image_001.png", "image_002.png", "image_003.png"]);

        var icon = await client.ObjectAsync("generate_ui_asset", new JsonObject { ["asset_type"] = "icon", ["description"] = "a paper plane", ["size_preset"] = "small" });
        var picture = icon.GetProperty("images")[0];
        (picture.GetProperty("width").GetInt32(), picture.GetProperty("height").GetInt32()).ShouldBe((512, 512));
        // The header of a PNG tells its colour type in byte 25: 6 is with alpha.
        (await File.ReadAllBytesAsync(Text(picture, "path"), TestContext.Current.CancellationToken))[25].ShouldBe((byte)6);

        var improved = await client.ObjectAsync("analyze_and_improve_image", new JsonObject { ["image_path"] = Text(icon, "id"), ["improvement_goals"] = "bolder" });
        Text(improved, "from_image_id").ShouldBe(Text(icon, "id"));
        Text(improved, "analysis_summary").ShouldContain("cannot look at pictures");
        var inSession = await client.ObjectAsync(
            "analyze_and_improve_image", new JsonObject { ["image_path"] = paths[0], ["improvement_goals"] = "warmer light", ["session_id"] = session });
        Text(inSession, "session_id").ShouldBe(session);
    }

    [Fact]
    public async Task DesignTools_RefuseUnknownWordsByFieldBeforeAnythingIsMade()
    {
        await using var client = await StdioMcp.StartAsync(_kinora, "--toolsets", "design");

        var refused = (await client.ToolAsync("generate_product_image", """{"product_description":" ","batch_count":2}""")).GetProperty("result");

        refused.GetProperty("isError").GetBoolean().ShouldBeTrue();
        refused.GetProperty("content")[0].GetProperty("text").GetString()!.ShouldContain("product_description is empty");
        Directory.Exists(Path.Combine(_kinora.Data, "workspace", "generated_images")).ShouldBeFalse();
    }

    private static async Task DoneAsync(StdioMcp client, string tool, string field, string id)
    {
        using var limit = new CancellationTokenSource(KinoraProgram.Patience);
        while (Text(await client.ObjectAsync(tool, new JsonObject { [field] = id }), "status") is var status && status != "completed")
        {
            status.ShouldNotBe("failed");
            await Task.Delay(200, limit.Token);
        }
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString()! : throw new InvalidOperationException(json.GetRawText());
}
