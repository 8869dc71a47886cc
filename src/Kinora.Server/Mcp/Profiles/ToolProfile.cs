using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Mcp.Profiles;

/// <summary>The tools of another system under exactly its names, parameters, defaults and result fields, over the same jobs.</summary>
/// <param name="Name">For <c>--profile</c>.</param>
/// <param name="ServerName">What the original called itself; <c>MCP_NAME</c> changes it.</param>
internal sealed record ToolProfile(string Name, string ServerName, Func<IReadOnlyList<McpTool>> Create)
{
    /// <summary>What clients put before their model.</summary>
    public string Instructions { get; init; } = Content.Instructions.Profile;

    public static IReadOnlyList<ToolProfile> All { get; } =
    [
        Sora2Mcp.Sora2Profile.Profile,
        SoraMcpServer.SoraServerProfile.Profile,
        OpenAiImageMcp.OpenAiImageProfile.Profile,
        Juxin.JuxinProfile.Profile,
    ];
}
