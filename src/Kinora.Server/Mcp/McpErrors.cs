using System.Text.Json.Nodes;
using Kinora.Errors;
using Kinora.Server.Mcp.Content;
using ModelContextProtocol.Protocol;

namespace Kinora.Server.Mcp;

/// <summary>The one place where faults become tool errors: what is wrong, what is allowed, what to do next. Never a stack trace, path or key.</summary>
internal static partial class McpErrors
{
    private const int LongestText = 600;

    public static CallToolResult ToResult(KinoraException fault) => Result(PlainText.Clean(Text(fault), LongestText), fault.Code, fault.Faults);

    /// <summary>A fault that nobody foresaw: one neutral sentence and a number to find it in the log.</summary>
    public static CallToolResult Unexpected(Exception fault, ILogger? log)
    {
        var logId = Guid.NewGuid().ToString("N")[..8];
        if (log is not null)
        {
            UnexpectedFault(log, logId, fault);
        }

        return Result($"Something went wrong inside Kinora; its log tells more under {logId}. Nothing is lost: look with get_video_status before creating again.", ErrorCodes.Internal, []);
    }

    /// <summary>Names the tool that helps on, where one does; the fault itself says what else there is to do.</summary>
    private static string Text(KinoraException fault)
    {
        var next = fault.Code switch
        {
            ErrorCodes.NotFound => "list_videos shows what there is.",
            ErrorCodes.ModelNotFound => "list_models (toolset server) lists all.",
            ErrorCodes.NotTerminal => "Call wait_for_video, or give cancel_first: true.",
            ErrorCodes.FileNotFound => "list_references shows the names.",
            _ => null,
        };
        var text = fault.Message.ReplaceLineEndings("\n");
        return next is null ? text : $"{text} {next}";
    }

    private static CallToolResult Result(string text, string code, IReadOnlyList<Fault> faults)
    {
        var fields = new JsonArray();
        foreach (var fault in faults)
        {
            fields.Add((JsonNode)fault.Field);
        }

        var recovery = Recovery.Of(code);
        return new CallToolResult
        {
            IsError = true,
            Content = [new TextContentBlock { Text = text }],
            Meta = new JsonObject
            {
                ["kinora/code"] = code,
                ["kinora/category"] = recovery.Word,
                ["kinora/retryable"] = recovery.Retryable,
                ["kinora/suggestion"] = recovery.Suggestion,
                ["kinora/fields"] = fields,
            },
        };
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "Tool call failed unexpectedly ({LogId})")]
    private static partial void UnexpectedFault(ILogger log, string logId, Exception fault);
}
