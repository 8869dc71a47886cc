using System.Text.Json;
using Kinora.Server.Mcp.Profiles;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;
using Kinora.Tests.Storage;
using Shouldly;

namespace Kinora.Server.Tests.Mcp.Door;

/// <summary>Calls one field of one tool with every hostile string, through whatever door, and judges each answer.</summary>
/// <param name="call">Tool and arguments as JSON; the whole answer.</param>
internal sealed class HostileSweep(HostileStudio studio, Func<string, string, Task<JsonElement>> call)
{
    /// <summary>Fields in which any text is as good as another: what it says never matters to the machine.</summary>
    private static readonly string[] FreeText =
    [
        "prompt", "negative_prompt", "idempotency_key", "description", "session_description", "session_name", "product_description", "improvement_goals", "preserve_elements",
        "use_case",
    ];

    /// <summary>No tool has it: what is called with it is refused, whatever else is right.</summary>
    private const string Unknown = "no_such_parameter";

    /// <summary>Fields in which a text that matches nothing is no fault.</summary>
    private static readonly string[] Searches = ["pattern", "search"];

    /// <summary>Names of files to be made.</summary>
    private static readonly string[] NewNames = ["filename", "output_filename"];

    private int _saved;

    /// <summary>Names that were fine, and lie under exactly that name beneath the folder.</summary>
    public int Saved => _saved;

    /// <summary>Every tool there is: of all toolsets, or of a profile.</summary>
    public static IReadOnlyList<ToolSpec> Specs(string? profile) =>
        [.. (profile is null ? ToolCatalog.Create() : ToolProfile.All.Single(p => p.Name == profile).Create()).Select(t => t.Spec)];

    public async Task FieldAsync(ToolSpec tool, TextParam field, IReadOnlyList<string> hostile)
    {
        // At once, as far as the door allows it.
        var answers = await Task.WhenAll(hostile.Select(async json => (Json: json, Answer: await call(tool.Name, Arguments(tool, field, json)))));
        foreach (var (json, answer) in answers)
        {
            Judge(tool, field, json, answer);
        }
    }

    private void Judge(ToolSpec tool, TextParam field, string json, JsonElement answer)
    {
        var raw = answer.GetRawText();
        var about = $"{tool.Name}.{field.Name} = {(json.Length > 80 ? json[..80] : json)} was answered by {(raw.Length > 600 ? raw[..600] : raw)}";
        if (HostileStrings.Text(json) is null)
        {
            // No tool can be asked: what no reader can take for text is told before.
            answer.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("not valid Unicode", customMessage: about);
            return;
        }

        answer.TryGetProperty("result", out var result).ShouldBeTrue(about);
        raw.ShouldNotContain(HostileScene.Secret, customMessage: about);
        raw.ShouldNotContain("root:x:", customMessage: about);
        if (Refusal(result) is not { } text)
        {
            Fine(tool, field, json, result, about);
            return;
        }

        (text.Contains(field.Name, StringComparison.Ordinal) || (FreeText.Contains(field.Name) && text.Contains(Unknown, StringComparison.Ordinal))).ShouldBeTrue(about);
        text.Length.ShouldBeLessThanOrEqualTo(601, about);
        raw.ShouldNotContain("went wrong inside", customMessage: about);
    }

    /// <summary>What is wrong: as a tool error, or as the answer of a system that has none.</summary>
    private static string? Refusal(JsonElement result) =>
        result.TryGetProperty("isError", out var error) && error.GetBoolean() ? result.GetProperty("content")[0].GetProperty("text").GetString()
        : result.TryGetProperty("structuredContent", out var answer) && answer.TryGetProperty("success", out var success) && !success.GetBoolean() ? answer.GetProperty("error").GetString()
        : null;

    private void Fine(ToolSpec tool, TextParam field, string json, JsonElement result, string about)
    {
        if (Searches.Contains(field.Name))
        {
            return;
        }

        NewNames.ShouldContain(field.Name, about);
        var name = result.GetProperty("structuredContent").GetProperty(field.Name).GetString()!;
        name.ShouldBeOneOf([HostileStrings.Text(json)!, HostileStrings.Text(json) + ".mp4", HostileStrings.Text(json) + ".png"], about);
        var saved = new FileInfo(Path.Combine(studio.Folder.Root, name));
        saved.Exists.ShouldBeTrue(about);
        saved.LinkTarget.ShouldBeNull(about);
        // Out of the way of the next tool, which shall find it free again.
        saved.Delete();
        Interlocked.Increment(ref _saved);
    }

    /// <summary>Arguments that are good but for the field; where any text is good for that, another one is bad, so that nothing is made or paid.</summary>
    private string Arguments(ToolSpec tool, TextParam field, string json)
    {
        var given = tool.Params.OfType<TextParam>().Where(p => p.Required && p.Name != field.Name).ToDictionary(p => p.Name, p => p.Name switch
        {
            "video_id" or "previous_video_id" => studio.VideoId,
            "image_id" or "response_id" => studio.ImageId,
            "session_id" => studio.SessionId,
            "asset_type" => "icon",
            "input_filename" or "image_path" => "good.png",
            "target_size" => "1280x720",
            _ => "A paper boat",
        });
        if (FreeText.Contains(field.Name))
        {
            given[Unknown] = "none";
        }

        return "{" + string.Join(',', given.Select(g => $"\"{g.Key}\":\"{g.Value}\"").Prepend($"\"{field.Name}\":{json}")) + "}";
    }
}
