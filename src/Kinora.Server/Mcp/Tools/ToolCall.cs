using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Tools;

/// <summary>One call of a tool.</summary>
/// <param name="Arguments">Checked, defaults filled in.</param>
/// <param name="Client">Who calls.</param>
/// <param name="Studio">The product.</param>
/// <param name="Progress">Tells how far it is; silent when the client did not ask to hear.</param>
internal sealed record ToolCall(GivenArguments Arguments, McpClientInfo Client, McpStudio Studio, IToolProgress Progress)
{
    /// <summary>The client takes a task for an answer: then nothing is waited for.</summary>
    public bool TakesTask { get; init; }

    public string Text(string name) => Arguments.Text(name);
}

/// <summary>Progress notifications of one call: growing values only, at most about one a second.</summary>
internal interface IToolProgress
{
    /// <param name="percent">0 to 100.</param>
    Task ReportAsync(double percent, string message, CancellationToken cancel);
}
