using Kinora.Server.Mcp.Schema;

namespace Kinora.Server.Mcp.Tools;

/// <summary>
/// One tool, one file: what it is (<see cref="Spec"/>) and what it does. Arguments arrive checked; refusals are thrown as <c>KinoraException</c> and
/// mapped once, in <c>McpErrors</c>.
/// </summary>
internal abstract class McpTool
{
    public abstract ToolSpec Spec { get; }

    /// <exception cref="Errors.KinoraException">The refusal, for the model to read and mend.</exception>
    public abstract Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel);
}
