using Kinora.Generation;

namespace Kinora.Server.Mcp;

/// <summary>Who is at the other end of a call.</summary>
/// <param name="Caller">Whose jobs it sees and makes.</param>
/// <param name="SameMachine">It may be told paths: it talks over stdio, so it runs here and as the same user.</param>
/// <param name="MayCreate">False for a key that only reads.</param>
internal sealed record McpClientInfo(Caller Caller, bool SameMachine, bool MayCreate = true)
{
    public static readonly McpClientInfo Stdio = new(Caller.Local, SameMachine: true);
}
