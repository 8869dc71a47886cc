using System.Text.Json.Nodes;
using Kinora.Errors;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp;

/// <summary>The one place where faults become tool errors: what is wrong, what is allowed, what to do next. Never a stack trace, path or key.</summary>
internal static partial class McpErrors
{
    private const int LongestText = 600;

    /// <param name="spec">The tool that was called: a refusal names its parameter.</param>
    /// <param name="offers">Whether a tool is offered here; no other is named as the next step.</param>
    public static CallToolResult ToResult(KinoraException fault, ToolSpec spec, Func<string, bool> offers)
    {
        var (text, fields) = Describe(fault, spec);
        return Result(PlainText.Clean(NextStep(fault, spec, offers) is { } next ? $"{text} {next}" : text, LongestText), fault.Code, fields);
    }

    /// <summary>What is wrong, with the name of the parameter where it is known, and the names of all.</summary>
    public static (string Text, IReadOnlyList<string> Fields) Describe(KinoraException fault, ToolSpec spec)
    {
        var text = fault.Message.ReplaceLineEndings("\n");
        var fields = fault.Faults.Select(f => f.Field).ToList();
        if (fields.Count == 0 && Blamed(spec, fault.Code) is { } blamed)
        {
            fields.Add(blamed);
        }

        if (fields is [var field] && spec.Params.Any(p => p.Name == field) && !text.Contains(field, StringComparison.Ordinal))
        {
            text = $"{field}: {text}";
        }

        return (text, fields);
    }

    /// <summary>A fault that nobody foresaw: one neutral sentence and a number to find it in the log.</summary>
    public static KinoraException Unexpected(Exception fault, ILogger? log)
    {
        var logId = Guid.NewGuid().ToString("N")[..8];
        if (log is not null)
        {
            UnexpectedFault(log, logId, fault);
        }

        return new KinoraException(
            ErrorCodes.Internal, $"Something went wrong inside Kinora; its log tells more under {logId}. Nothing is lost: look how things stand before creating again.");
    }

    private static string? Blamed(ToolSpec spec, string code) => spec.Params.OfType<TextParam>().FirstOrDefault(p => p.BlamedFor.Contains(code))?.Name;

    /// <summary>Names the tool that helps on, where one does; the fault itself says what else there is to do.</summary>
    private static string? NextStep(KinoraException fault, ToolSpec spec, Func<string, bool> offers) =>
        fault.Code == ErrorCodes.NotTerminal ? (offers("wait_for_video") ? "Call wait_for_video, or give cancel_first: true." : null)
        : FoundBy(fault, spec).FirstOrDefault(offers) is { } tool ? $"{tool} shows what there is."
        : null;

    /// <summary>The tools that list what the caller named in vain.</summary>
    private static IEnumerable<string> FoundBy(KinoraException fault, ToolSpec spec)
    {
        IReadOnlyList<(string? Field, string Code)> wrong = fault.Faults.Count > 0
            ? [.. fault.Faults.Select(f => (f.Field, f.Code))]
            : [(Blamed(spec, fault.Code), fault.Code)];
        return from one in wrong
               from param in spec.Params
               where param.Name == one.Field
               let found = (param as TextParam ?? (param as TextListParam)?.Item)?.FoundBy
               where found?.Code == one.Code
               select found.Tool;
    }

    private static CallToolResult Result(string text, string code, IReadOnlyList<string> fields) => new()
    {
        IsError = true,
        Content = [new TextContentBlock { Text = text }],
        Meta = new JsonObject
        {
            ["kinora/code"] = code,
            ["kinora/category"] = Recovery.Of(code).Word,
            ["kinora/retryable"] = Recovery.Of(code).Retryable,
            ["kinora/suggestion"] = Recovery.Of(code).Suggestion,
            ["kinora/fields"] = new JsonArray([.. fields.Select(f => (JsonNode)f)]),
        },
    };

    [LoggerMessage(Level = LogLevel.Critical, Message = "Tool call failed unexpectedly ({LogId})")]
    private static partial void UnexpectedFault(ILogger log, string logId, Exception fault);
}
