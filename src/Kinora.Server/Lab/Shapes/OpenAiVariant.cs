using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Shapes;

internal enum ListForm
{
    None,

    /// <summary>With first_id, last_id, has_more and paging by <c>after</c>.</summary>
    Paged,

    /// <summary>Everything at once, data alone.</summary>
    Bare,
}

internal enum DeleteForm
{
    None,

    /// <summary>Refused while the job runs.</summary>
    FinishedOnly,

    /// <summary>Stops the work.</summary>
    Stops,

    /// <summary>Answers the object, status <c>deleted</c>; the work goes on.</summary>
    Object,
}

/// <summary>How one kind of server with the OpenAI Videos shape behaves (sources: NOTES.md of the folder OpenAiVideos): data.</summary>
internal sealed record OpenAiVariant(string Name, string What)
{
    /// <summary>What its jobs and its rows in the ledger are marked with.</summary>
    public string Shape => "openai-videos/" + Name;

    public bool NeedsKey { get; init; }

    public bool FormOnly { get; init; }

    /// <summary>A form without a picture is refused.</summary>
    public bool FormNeedsFile { get; init; }

    public string FileField { get; init; } = "input_reference";

    /// <summary>Sizes are 16x9 or 9x16, lengths 10 or 15.</summary>
    public bool RatioSizes { get; init; }

    /// <summary>Refuses fields it does not know and a <c>seconds</c> that is no string.</summary>
    public bool Strict { get; init; }

    /// <summary><c>seconds</c> is answered as a number.</summary>
    public bool NumberSeconds { get; init; }

    public ListForm List { get; init; }

    public DeleteForm Delete { get; init; }

    public bool Remix { get; init; }

    public bool Edits { get; init; }

    /// <summary>Answers a create with the finished video.</summary>
    public bool Blocks { get; init; }

    /// <summary>The word for a running job.</summary>
    public string RunningWord { get; init; } = "in_progress";

    /// <summary>Where a finished job holds a link: <c>video_url</c>, <c>metadata.url</c>; null for nowhere.</summary>
    public string? LinkKey { get; init; }

    /// <summary>A second path to ask after a job, with <c>?id=</c>.</summary>
    public string? OtherPoll { get; init; }

    /// <summary>Times in milliseconds and the id again as <c>task_id</c>.</summary>
    public bool TaskStyle { get; init; }

    /// <summary>The prompt is in the object.</summary>
    public bool EchoesPrompt { get; init; } = true;

    /// <summary>Makes an id out of 32 hex digits.</summary>
    public Func<string, string> Id { get; init; } = hex => "video_" + hex;

    /// <summary>Writes an HTTP error.</summary>
    public Func<int, string, string, JsonObject> Error { get; init; } = OpenAiError;

    public static readonly OpenAiVariant[] All =
    [
        new("openai", "OpenAI to the letter") { NeedsKey = true, Strict = true, List = ListForm.Paged, Delete = DeleteForm.FinishedOnly, Remix = true, Edits = true },
        new("vllm-omni", "vLLM-Omni: forms only, DELETE stops") { FormOnly = true, List = ListForm.Paged, Delete = DeleteForm.Stops, Id = hex => "video_gen_" + hex },
        new("sglang", "SGLang-Diffusion: JSON for text, numbers for seconds, bare list")
        {
            FormNeedsFile = true, NumberSeconds = true, List = ListForm.Bare, Delete = DeleteForm.Object, EchoesPrompt = false, Id = hex => hex, Error = Detail,
        },
        new("trtllm", "TensorRT-LLM: JSON for text, image_reference") { FormNeedsFile = true, FileField = "image_reference", NumberSeconds = true, Delete = DeleteForm.FinishedOnly, Error = Detail },
        new("litellm", "LiteLLM proxy: long ids, processing")
        {
            NeedsKey = true, List = ListForm.Paged, Remix = true, RunningWord = "processing",
            Id = hex => "video_" + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"litellm:custom_llm_provider:openai;model_id:;video_id:video_{hex}")).TrimEnd('='),
        },
        new("new-api", "new-api: task_id, metadata.url, milliseconds, {code,message}")
        {
            NeedsKey = true, Remix = true, RunningWord = "processing", LinkKey = "metadata.url", TaskStyle = true, Id = hex => "task_" + hex, Error = (_, code, message) => new JsonObject { ["code"] = code, ["message"] = message },
        },
        new("juxin", "Juxin: forms, 16x9 and 9x16, ids with a colon, video_url")
        {
            NeedsKey = true, FormOnly = true, RatioSizes = true, Remix = true, RunningWord = "video_generating", LinkKey = "video_url", OtherPoll = "/video/query", Id = hex => $"sora-2:task_{hex[..26]}", Error = Bilingual,
        },
        new("dynamo", "Dynamo, FastVideo: done when the create answers, data[].url or b64_json") { Blocks = true },
    ];

    private static JsonObject OpenAiError(int status, string code, string message) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["type"] = status >= 500 ? "server_error" : "invalid_request_error", ["param"] = null, ["code"] = code },
    };

    private static JsonObject Detail(int status, string code, string message) => status == 422
        ? new JsonObject { ["detail"] = new JsonArray(new JsonObject { ["type"] = code, ["loc"] = new JsonArray("body"), ["msg"] = message }) }
        : new JsonObject { ["detail"] = message };

    private static JsonObject Bilingual(int status, string code, string message) => new()
    {
        ["error"] = new JsonObject { ["message"] = message, ["message_zh"] = message, ["type"] = code },
    };
}
