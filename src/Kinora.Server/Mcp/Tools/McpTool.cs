using Kinora.Errors;

namespace Kinora.Server.Mcp.Tools;

/// <summary>
/// One tool, one file: what it is (<see cref="Spec"/>) and what it does. Arguments arrive checked; refusals are thrown as <c>KinoraException</c> and
/// mapped once, in <c>McpErrors</c>.
/// </summary>
internal abstract class McpTool
{
    public abstract ToolSpec Spec { get; }

    /// <exception cref="KinoraException">The refusal, for the model to read and mend.</exception>
    public abstract Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel);

    /// <summary>How a refusal, of its arguments too, is answered where another system's tools have a form of their own for it; null for a tool error.</summary>
    public virtual ValueTask<ToolAnswer?> RefuseAsync(KinoraException fault, McpClientInfo client, McpStudio studio, CancellationToken cancel) => ValueTask.FromResult<ToolAnswer?>(null);
}
