using System.Text.Json;
using System.Text.Json.Nodes;
using Kinora.Server.Tests.Commands;
using Kinora.Server.Tests.Mcp.Door;
using Shouldly;
using Xunit;

namespace Kinora.Server.Tests.Mcp;

/// <summary>The profile as a client of the original uses it, through the real stdio door with the built-in renderer.</summary>
public sealed class OpenAiImageProfileTests : IDisposable
{
    private readonly KinoraProgram _kinora = new();

    public static TheoryData<string, string, string> Failures => new()
    {
        { "generate_image", "{}", "invalid_parameters" },
        { "generate_image", """{"prompt":"x","quality":"ultra"}""", "invalid_parameters" },
        { "generate_image", """{"prompt":" "}""", "invalid_parameters" },
        { "generate_image", """{"prompt":"x","session_id":"none"}""", "session_not_found" },
        { "create_image_session", """{"description":"x","model":"none/such"}""", "invalid_parameters" },
        { "create_image_session", """{"description":" "}""", "invalid_parameters" },
        { "get_session_status", """{"session_id":"none"}""", "session_not_found" },
        { "close_session", """{"session_id":"none"}""", "session_not_found" },
        { "generate_image_in_session", """{"session_id":"none","prompt":"x"}""", "session_not_found" },
        { "generate_image_in_session", """{"session_id":"none","prompt":"x","mask_image_path":"mask.png"}""", "invalid_parameters" },
        { "edit_image", """{"image_path":"none.png","prompt":"x"}""", "invalid_input_image" },
        { "edit_image", """{"image_path":"/etc/hostname","prompt":"x"}""", "invalid_input_image" },
        { "edit_image", """{"image_path":"data:image/png;base64,AAAA","prompt":"x"}""", "invalid_input_image" },
        { "analyze_and_improve_image", """{"image_path":"../x.png","improvement_goals":"x"}""", "invalid_input_image" },
        { "promote_image_to_session", """{"image_path":"none.png","session_description":"x"}""", "image_not_found" },
        { "promote_image_to_session", """{"image_path":"/none.png","session_description":"x"}""", "image_not_found" },
        { "generate_product_image", """{"product_description":"x","angle":"below"}""", "invalid_parameters" },
        { "generate_product_image", """{"product_description":" ","batch_count":3}""", "invalid_parameters" },
        { "generate_ui_asset", """{"asset_type":"logo","description":"x"}""", "invalid_parameters" },
    };

    public void Dispose() => _kinora.Dispose();

    [Fact]
    public async Task Session_TurnsBranchesAndCloses()
    {
        _kinora.Environment["MCP_SESSION_TIMEOUT"] = "5400";
        await using var client = await StartAsync();
        var session = await client.ObjectAsync("create_image_session", new JsonObject { ["description"] = "Flat colours", ["session_name"] = "Fox" });
        Words(session, "status", "model", "session_name", "description").ShouldBe(["active", "gpt-4o", "Fox", "Flat colours"]);
        var id = Text(session, "session_id");
        var first = await TurnAsync(client, id, "a fox in a meadow");
        var second = await TurnAsync(client, id, "night falls");
        var third = await TurnAsync(client, id, "a sunset instead", Text(first, "image_path"));

        Text(first, "image_path").ShouldEndWith($"/generated_images/sessions/{id}/images/image_001.png");
        Text(third, "image_path").ShouldEndWith("/image_003.png");
        Text(second, "original_prompt").ShouldBe("night falls");
        Words(second.GetProperty("metadata"), "session_id", "model").ShouldBe([id, "gpt-4o"]);
        Words(second.GetProperty("metadata").GetProperty("generation_params"), "quality", "size", "background").ShouldBe(["auto", "1024x1024", "auto"]);
        Text(third, "session_context").ShouldBe("Generated image 3 in conversation with 7 turns");
        (await FromAsync(id, 1)).ShouldBe(Text(first, "image_generation_id"));
        (await FromAsync(id, 2)).ShouldBe(Text(first, "image_generation_id"));

        var status = await client.ObjectAsync("get_session_status", new JsonObject { ["session_id"] = id });
        status.GetProperty("recent_images").EnumerateArray().Select(p => p.GetString()).ShouldBe([Text(first, "image_path"), Text(second, "image_path"), Text(third, "image_path")]);
        (status.GetProperty("active").GetBoolean(), status.GetProperty("total_generations").GetInt32(), status.GetProperty("total_conversation_turns").GetInt32()).ShouldBe((true, 3, 7));
        var missing = await client.ObjectAsync("get_session_status", new JsonObject { ["session_id"] = "none" });
        missing.GetProperty("available_sessions").EnumerateArray().Select(s => s.GetString()).ShouldBe([id]);
        (await client.ObjectAsync("list_active_sessions", [])).GetProperty("total_active").GetInt32().ShouldBe(1);
        Text(await client.ObjectAsync("close_session", new JsonObject { ["session_id"] = id }), "final_image_count").ShouldBe("3");
        Text(await client.ObjectAsync("generate_image_in_session", new JsonObject { ["session_id"] = id, ["prompt"] = "x" }), "error_type").ShouldBe("session_not_found");
        var stats = await client.ObjectAsync("get_server_stats", []);
        (stats.GetProperty("active_sessions").GetInt32(), stats.GetProperty("total_images_generated").GetInt32(), stats.GetProperty("session_timeout_hours").GetDouble()).ShouldBe((0, 3, 1.5));
        (await client.LeaveAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task SingleImage_IsPromoted_AndGoneOnFrom()
    {
        await using var client = await StartAsync();
        var single = await client.ObjectAsync("generate_image", new JsonObject { ["prompt"] = "a lighthouse", ["use_case"] = "product" });
        single.GetProperty("single_shot").GetBoolean().ShouldBeTrue();
        Text(single, "temporary_session_id").ShouldBe(Text(single.GetProperty("metadata"), "session_id"));
        Text(single, "image_path").ShouldContain("/generated_images/products/");

        var promoted = await client.ObjectAsync("promote_image_to_session", new JsonObject { ["image_path"] = Text(single, "image_path"), ["session_description"] = "Coast" });
        Text(promoted, "session_name").ShouldBe("Coast");
        Text(promoted.GetProperty("original_context"), "prompt").ShouldBe("a lighthouse");
        Text(promoted.GetProperty("promoted_image"), "generation_id").ShouldBe(Text(single, "image_generation_id"));
        promoted.GetProperty("next_steps").GetArrayLength().ShouldBe(3);
        var turn = await TurnAsync(client, Text(promoted, "session_id"), "a storm comes");
        (await FromAsync(Text(promoted, "session_id"), 0)).ShouldBe(Text(single, "image_generation_id"));
        Text(turn, "session_context").ShouldContain("image 1");

        File.Delete(Text(single, "image_path").Replace(".png", "_metadata.json", StringComparison.Ordinal));
        var bare = await client.ObjectAsync("promote_image_to_session", new JsonObject { ["image_path"] = Text(single, "image_path"), ["session_description"] = "Coast" });
        Text(bare, "error_type").ShouldBe("metadata_not_found");
        Text(bare, "help").ShouldContain("_metadata.json");
    }

    [Fact]
    public async Task ProductsAssetsAndImprovements_LieWhereTheyBelong()
    {
        await using var client = await StartAsync();
        var products = await client.ObjectAsync("generate_product_image", new JsonObject { ["product_description"] = "a blue mug", ["batch_count"] = 3 });
        products.GetProperty("success").GetBoolean().ShouldBeTrue();
        Text(products, "summary").ShouldBe("3 of 3 images are made.");
        var paths = products.GetProperty("results").EnumerateArray().Select(r => Text(r, "image_path")).ToList();
        paths.Distinct().Count().ShouldBe(3);
        paths.ShouldAllBe(p => p.Contains("/generated_images/products/") && File.Exists(p));

        var icon = await client.ObjectAsync("generate_ui_asset", new JsonObject { ["asset_type"] = "icon", ["description"] = "a paper plane", ["size_preset"] = "small" });
        Text(icon, "image_path").ShouldContain("/ui_assets/icons/");
        Text(icon, "ui_asset_summary").ShouldBe("flat icon in modern theme");
        Words(icon.GetProperty("metadata").GetProperty("generation_params"), "quality", "size", "background").ShouldBe(["high", "512x512", "transparent"]);

        var improved = await client.ObjectAsync(
            "analyze_and_improve_image", new JsonObject { ["image_path"] = Text(icon, "image_path"), ["improvement_goals"] = "bolder", ["preserve_elements"] = "the wings" });
        Text(improved, "analysis_summary").ShouldBe("animatic/storyboard cannot look at pictures: the goals were applied without an analysis.");
        Words(improved, "improvement_goals", "preserved_elements").ShouldBe(["bolder", "the wings"]);
        Text(improved.GetProperty("metadata").GetProperty("generation_params"), "size").ShouldBe("512x512", "it keeps the size of the icon");

        var edited = await client.ObjectAsync("edit_image", new JsonObject { ["image_path"] = paths[0], ["prompt"] = "at night" });
        Text(edited, "original_image_path").ShouldBe(paths[0]);
        Text(edited.GetProperty("metadata").GetProperty("generation_params"), "size").ShouldBe("1024x1024");
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task Fault_IsAnAnswerWithTheWordOfTheOriginal(string tool, string given, string errorType)
    {
        await using var client = await StartAsync();

        var result = (await client.ToolAsync(tool, given)).GetProperty("result");

        result.TryGetProperty("isError", out _).ShouldBeFalse();
        var answer = result.GetProperty("structuredContent");
        answer.GetProperty("success").GetBoolean().ShouldBeFalse();
        Text(answer, "error_type").ShouldBe(errorType);
        Text(answer, "error").Length.ShouldBeInRange(10, 601);
    }

    /// <summary>Clients of the original give up after a minute and call again.</summary>
    [Fact]
    public async Task CallThatWasHungUpOn_IsAnsweredWithItsOwnImagesTheNextTime()
    {
        await using var client = await StartAsync();
        const string Given = """{"product_description":"a blue mug","batch_count":3}""";
        await client.WriteAsync("""{"jsonrpc":"2.0","id":"left","method":"tools/call","params":{"_meta":{"progressToken":1},"name":"generate_product_image","arguments":""" + Given + "}}");
        (await client.NextOtherAsync()).GetProperty("method").GetString().ShouldBe("notifications/progress", "it is waiting");
        await client.WriteAsync("""{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":"left"}}""");

        var again = await client.ObjectAsync("generate_product_image", JsonNode.Parse(Given)!.AsObject());

        again.GetProperty("results").GetArrayLength().ShouldBe(3);
        (await client.ObjectAsync("get_server_stats", [])).GetProperty("total_images_generated").GetInt32().ShouldBe(3, "nothing was made twice");
        await client.ObjectAsync("generate_product_image", JsonNode.Parse(Given)!.AsObject());
        (await client.ObjectAsync("get_server_stats", [])).GetProperty("total_images_generated").GetInt32().ShouldBe(6, "an answered call is a new one");
    }

    [Fact]
    public async Task Guide_IsThePageOfTheProfile()
    {
        await using var client = await StartAsync();

        var guide = await client.ObjectAsync("get_usage_guide", []);

        Text(guide, "guide_content").ShouldStartWith("# Profile openai-image-mcp");
        Text(guide, "last_updated").ShouldMatch(@"^\d{4}-\d\d-\d\d$");
        guide.GetProperty("total_tools").GetInt32().ShouldBe(13);
        guide.GetProperty("quick_start").EnumerateObject().Select(p => p.Name).ShouldBe(["session_workflow", "single_shot"]);
    }

    [Fact]
    public async Task OverHttp_NamesStandInsteadOfPaths_AndAreTakenAsInput()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var served = new ServedProduct(_kinora);
        await served.StartAsync("--profile", "openai-image-mcp");
        using var client = new HttpMcp(served.Url);
        await client.OpenAsync(cancel);
        async Task<JsonElement> CallAsync(string tool, JsonObject given) =>
            (await client.ToolAsync(tool, given.ToJsonString(), cancel)).GetProperty("result").GetProperty("structuredContent");

        var made = await CallAsync("generate_image", new JsonObject { ["prompt"] = "a lighthouse" });
        Text(made, "image_path").ShouldStartWith("generated_images/single_shot/");
        made.GetRawText().ShouldNotContain(_kinora.Data);
        var edited = await CallAsync("edit_image", new JsonObject { ["image_path"] = Text(made, "image_path"), ["prompt"] = "at night" });
        edited.GetProperty("success").GetBoolean().ShouldBeTrue(edited.GetRawText());
        (await CallAsync("promote_image_to_session", new JsonObject { ["image_path"] = Text(edited, "image_path"), ["session_description"] = "Coast" }))
            .GetProperty("success").GetBoolean().ShouldBeTrue();
    }

    private Task<StdioMcp> StartAsync() => StdioMcp.StartAsync(_kinora, "--profile", "openai-image-mcp");

    private static async Task<JsonElement> TurnAsync(StdioMcp client, string session, string prompt, string? reference = null)
    {
        var given = new JsonObject { ["session_id"] = session, ["prompt"] = prompt, ["size"] = "1024x1024" };
        if (reference is not null)
        {
            given["reference_image_path"] = reference;
        }

        var turn = await client.ObjectAsync("generate_image_in_session", given);
        turn.GetProperty("success").GetBoolean().ShouldBeTrue(turn.GetRawText());
        return turn;
    }

    /// <summary>The picture a turn went on from, by the log of its session, which is written after the turn is done.</summary>
    private async Task<string?> FromAsync(string session, int turn)
    {
        var path = Path.Combine(_kinora.Data, "workspace", "generated_images", "sessions", session, "conversation_log.json");
        using var limit = new CancellationTokenSource(KinoraProgram.Patience);
        while (true)
        {
            if (File.Exists(path) && JsonElement.Parse(await File.ReadAllBytesAsync(path, limit.Token)).GetProperty("turns") is var turns && turns.GetArrayLength() > turn)
            {
                return turns[turn].GetProperty("from_image").GetString();
            }

            await Task.Delay(100, limit.Token);
        }
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetString()! : throw new InvalidOperationException(json.GetRawText());

    private static IEnumerable<string> Words(JsonElement json, params string[] names) => names.Select(n => Text(json, n));
}
