using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using static Kinora.Server.Tests.Mcp.Conformance.FixtureTools;

namespace Kinora.Server.Tests.Mcp.Conformance;

/// <summary>Fixtures that ask their client: by requests of their own in older revisions, by <c>input_required</c> results in the newest.</summary>
internal static class AskingFixtures
{
    private const string Defaults = """
        {"mode":"form","message":"Please review and update the form fields with defaults","requestedSchema":{"type":"object","properties":{
          "name":{"type":"string","default":"John Doe"},"age":{"type":"integer","default":30},"score":{"type":"number","default":95.5},
          "status":{"type":"string","enum":["active","inactive","pending"],"default":"active"},"verified":{"type":"boolean","default":true}},"required":[]}}
        """;

    private const string Enums = """
        {"mode":"form","message":"Please select options from the enum fields","requestedSchema":{"type":"object","properties":{
          "untitledSingle":{"type":"string","enum":["option1","option2","option3"]},
          "titledSingle":{"type":"string","oneOf":[{"const":"value1","title":"First Option"},{"const":"value2","title":"Second Option"},{"const":"value3","title":"Third Option"}]},
          "legacyEnum":{"type":"string","enum":["opt1","opt2","opt3"],"enumNames":["Option One","Option Two","Option Three"]},
          "untitledMulti":{"type":"array","items":{"type":"string","enum":["option1","option2","option3"]}},
          "titledMulti":{"type":"array","items":{"anyOf":[{"const":"value1","title":"First Choice"},{"const":"value2","title":"Second Choice"},{"const":"value3","title":"Third Choice"}]}}},
          "required":[]}}
        """;

    private const string Contact = """
        {"type":"object","properties":{"username":{"type":"string","description":"User's response"},"email":{"type":"string","description":"User's email address"}},"required":["username","email"]}
        """;

    private const string Name = "What is your name?";

    public static void AddTo(FixtureTools tools)
    {
        tools.Add("test_sampling", SampleAsync, """{"prompt":{"type":"string"}}""");
        tools.Add("test_elicitation", ElicitAsync, """{"message":{"type":"string"}}""");
        tools.Add("test_elicitation_sep1034_defaults", (call, cancel) => CompleteAsync(call, Defaults, cancel));
        tools.Add("test_elicitation_sep1330_enums", (call, cancel) => CompleteAsync(call, Enums, cancel));

        const string round = "test_input_required_result_";
        tools.Add(round + "elicitation", call => Says($"Hello, {Questions.Text(call.Params, "user_name", "name", Name)}!"));
        tools.Add(round + "sampling", call => Once(call, "capital_question", () => Questions.Sampling("What is the capital of France?", 100)));
        tools.Add(round + "list_roots", call => Once(call, "client_roots", Questions.Roots));
        tools.Add(round + "request_state", Confirmed);
        tools.Add(round + "tampered_state", Confirmed);
        tools.Add(round + "multiple_inputs", SeveralAtOnce);
        tools.Add(round + "multi_round", SeveralRounds);
        tools.Add(round + "capabilities", OnlyWhatItCan);
        tools.Add("test_streaming_elicitation", call => Says($"Hello, {Questions.Text(call.Params, "user_name", "name", Name)}!"));
        tools.Add("test_missing_capability", call => call.Can("sampling")
            ? Says("The client can sample.")
            : throw new MissingRequiredClientCapabilityException(new ClientCapabilities { Sampling = new SamplingCapability() }, "This tool needs sampling."));
    }

    private static async Task<CallToolResult> SampleAsync(FixtureCall call, CancellationToken cancel)
    {
        var request = JsonSerializer.Serialize(new { messages = new[] { new { role = "user", content = new { type = "text", text = call.Text("prompt") } } }, maxTokens = 100 });
        var answer = await call.AskAsync("sampling/createMessage", request, cancel);
        return Says($"LLM response: {answer?["content"]?["text"]}");
    }

    private static async Task<CallToolResult> ElicitAsync(FixtureCall call, CancellationToken cancel)
    {
        var answer = await call.AskAsync(
            "elicitation/create", $$"""{"mode":"form","message":{{JsonSerializer.Serialize(call.Text("message"))}},"requestedSchema":{{Contact}}}""", cancel);
        return Says($"User response: action: {answer?["action"]}, content: {answer?["content"]?.ToJsonString()}");
    }

    private static async Task<CallToolResult> CompleteAsync(FixtureCall call, string form, CancellationToken cancel)
    {
        var answer = await call.AskAsync("elicitation/create", form, cancel);
        return Says($"Elicitation completed: action={answer?["action"]}, content={answer?["content"]?.ToJsonString()}");
    }

    private static CallToolResult Once(FixtureCall call, string key, Func<InputRequest> question) =>
        Questions.Answer(call.Params, key) is { } answer
            ? Says(answer.GetRawText())
            : throw new InputRequiredException(new Dictionary<string, InputRequest> { [key] = question() });

    private static CallToolResult Confirmed(FixtureCall call)
    {
        if (call.Params.RequestState is { } state && SealedState.Open(state) == "asked" && Questions.Field(call.Params, "confirm", "ok") is not null)
        {
            return Says("state-ok");
        }

        throw new InputRequiredException(new Dictionary<string, InputRequest> { ["confirm"] = Questions.Form("Please confirm", "ok", "boolean") }, SealedState.Seal("asked"));
    }

    private static CallToolResult SeveralAtOnce(FixtureCall call)
    {
        var questions = new Dictionary<string, InputRequest>
        {
            ["user_name"] = Questions.Form(Name, "name"),
            ["greeting"] = Questions.Sampling("Generate a greeting", 50),
            ["client_roots"] = Questions.Roots(),
        };
        return call.Params.RequestState is { } state && SealedState.Open(state) == "asked" && questions.Keys.All(key => Questions.Answer(call.Params, key) is not null)
            ? Says("All answers are here.")
            : throw new InputRequiredException(questions, SealedState.Seal("asked"));
    }

    private static CallToolResult SeveralRounds(FixtureCall call)
    {
        var state = call.Params.RequestState is { } given ? SealedState.Open(given) : "";
        if (state.StartsWith("named:", StringComparison.Ordinal) && Questions.Field(call.Params, "step2", "color") is { } color)
        {
            return Says($"{state["named:".Length..]} likes {color}.");
        }

        if (state == "begun" && Questions.Field(call.Params, "step1", "name") is { } name)
        {
            throw new InputRequiredException(
                new Dictionary<string, InputRequest> { ["step2"] = Questions.Form("Step 2: What is your favorite color?", "color") }, SealedState.Seal($"named:{name}"));
        }

        throw new InputRequiredException(new Dictionary<string, InputRequest> { ["step1"] = Questions.Form("Step 1: What is your name?", "name") }, SealedState.Seal("begun"));
    }

    private static CallToolResult OnlyWhatItCan(FixtureCall call)
    {
        var questions = new Dictionary<string, InputRequest>();
        if (call.Can("elicitation"))
        {
            questions["user_name"] = Questions.Form(Name, "name");
        }

        if (call.Can("sampling"))
        {
            questions["greeting"] = Questions.Sampling("Generate a greeting", 50);
        }

        return questions.Count == 0 || questions.Keys.All(key => Questions.Answer(call.Params, key) is not null)
            ? Says("Nothing more to ask.")
            : throw new InputRequiredException(questions);
    }
}
