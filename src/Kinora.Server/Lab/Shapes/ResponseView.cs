using System.Globalization;
using System.Text.Json.Nodes;

namespace Kinora.Server.Lab.Shapes;

/// <summary>The response object (openai-node 7.57.0, src/resources/responses/responses.ts).</summary>
internal sealed class ResponseView(LabDesk desk)
{
    /// <summary>The ids of the pictures of a response.</summary>
    public static IReadOnlyList<string> CallIds(LabJob job)
    {
        var first = "ig_" + job.Id["resp_".Length..];
        return job.Script.Picture == "two" ? [first, first + "b"] : [first];
    }

    public static bool InBackground(LabJob job) => job.Turn!["background"]?.GetValue<bool>() == true;

    /// <summary>A picture that is being made.</summary>
    public static JsonObject BegunCall(string id, string status) => new() { ["id"] = id, ["type"] = "image_generation_call", ["status"] = status, ["result"] = null };

    public async Task<JsonObject> WriteAsync(LabJob job, LabState state)
    {
        var asked = job.Turn!;
        var status = job.Stopped ? "cancelled" : state switch
        {
            LabState.Queued => "queued",
            LabState.Running => "in_progress",
            _ => job.Script.End switch { "moderation" => "completed", "expired" => "incomplete", var end => end },
        };
        var done = status == "completed";
        return new JsonObject
        {
            ["id"] = job.Id,
            ["object"] = "response",
            ["created_at"] = job.CreatedAt.ToUnixTimeSeconds(),
            ["status"] = status,
            ["background"] = Echo(asked, "background") ?? false,
            ["completed_at"] = done ? desk.Clock.GetUtcNow().ToUnixTimeSeconds() : null,
            ["error"] = status == "failed" ? new JsonObject { ["code"] = "server_error", ["message"] = "The script said so." } : null,
            ["incomplete_details"] = status == "incomplete" ? new JsonObject { ["reason"] = "max_output_tokens" } : null,
            ["instructions"] = Echo(asked, "instructions"),
            ["max_output_tokens"] = null,
            ["model"] = job.Model,
            ["output"] = status switch
            {
                "queued" or "failed" or "cancelled" or "incomplete" => new JsonArray(),
                "in_progress" => new JsonArray(BegunCall(CallIds(job)[0], "generating")),
                _ => job.Script.End == "moderation" ? Blocked(job) : await OutputAsync(job),
            },
            ["parallel_tool_calls"] = true,
            ["previous_response_id"] = job.Source,
            ["reasoning"] = new JsonObject { ["effort"] = null, ["summary"] = null },
            ["store"] = Echo(asked, "store") ?? true,
            ["temperature"] = 1.0,
            ["text"] = new JsonObject { ["format"] = new JsonObject { ["type"] = "text" } },
            ["tool_choice"] = Echo(asked, "tool_choice") ?? "auto",
            ["tools"] = Echo(asked, "tools"),
            ["top_p"] = 1.0,
            ["truncation"] = "disabled",

            // The pictures' own tokens are not in here.
            ["usage"] = done
                ? new JsonObject
                {
                    ["input_tokens"] = 50,
                    ["input_tokens_details"] = new JsonObject { ["cached_tokens"] = 0 },
                    ["output_tokens"] = 60,
                    ["output_tokens_details"] = new JsonObject { ["reasoning_tokens"] = 0 },
                    ["total_tokens"] = 110,
                }
                : null,
            ["user"] = null,
            ["metadata"] = new JsonObject(),
        };
    }

    private async Task<JsonArray> OutputAsync(LabJob job)
    {
        var output = new JsonArray(new JsonObject { ["id"] = "rs_" + job.Id[5..], ["type"] = "reasoning", ["summary"] = new JsonArray() });
        if (job.Turn!["tool_choice"] is null)
        {
            output.Add(Message(job, output.Count, "output_text", "text", "I see a test picture.\nIts colours should change."));
        }

        if (job.Script.Picture == "none")
        {
            output.Add(Message(job, output.Count, "output_text", "text", "Which of the two towers do you mean?"));
            return output;
        }

        var wish = job.Wish!;
        foreach (var id in CallIds(job))
        {
            output.Add(new JsonObject
            {
                ["id"] = id,
                ["type"] = "image_generation_call",
                ["status"] = "completed",
                ["action"] = job.Source is null ? "generate" : "edit",
                ["background"] = wish.Made,
                ["output_format"] = wish.Format,
                ["quality"] = wish.Quality,
                ["result"] = (await wish.MakeAsync(desk, job.Script)).Base64,
                ["revised_prompt"] = "As drawn: " + job.Prompt,
                ["size"] = wish.Size.ToString(),
            });
        }

        return output;
    }

    private static JsonArray Blocked(LabJob job) =>
    [
        new JsonObject
        {
            ["id"] = CallIds(job)[0],
            ["type"] = "image_generation_call",
            ["status"] = "failed",
            ["result"] = null,
            ["error"] = new JsonObject { ["code"] = "moderation_blocked", ["message"] = "The picture was blocked by the safety system." },
        },
        Message(job, 1, "refusal", "refusal", "I can't help with that picture."),
    ];

    private static JsonObject Message(LabJob job, int index, string type, string key, string words) => new()
    {
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"msg_{job.Id[5..]}{index}"),
        ["type"] = "message",
        ["role"] = "assistant",
        ["status"] = "completed",
        ["content"] = new JsonArray(key == "text"
            ? new JsonObject { ["type"] = type, ["text"] = words, ["annotations"] = new JsonArray() }
            : new JsonObject { ["type"] = type, [key] = words }),
    };

    private static JsonNode? Echo(JsonObject asked, string key) => asked[key]?.DeepClone();
}
