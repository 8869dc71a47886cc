using Kinora.Errors;
using Kinora.Server.Mcp.Content;
using Kinora.Server.Mcp.Profiles;
using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Mcp;

/// <summary>From settings to what a server offers.</summary>
internal static class McpSetup
{
    /// <param name="serverName"><c>MCP_NAME</c>; null for the usual name.</param>
    /// <exception cref="KinoraException"><c>configuration_invalid</c>: no such toolset or profile.</exception>
    public static McpSurface Build(McpOptions options, string? serverName, McpStudio studio)
    {
        if (options.Profile is { } name)
        {
            var profile = ToolProfile.All.FirstOrDefault(p => p.Name == name)
                ?? throw Invalid("profile", name, ToolProfile.All.Select(p => p.Name));
            return new McpSurface(serverName ?? profile.ServerName, profile.Instructions, new ToolBox(profile.Create(), options.ReadOnly), studio);
        }

        return new McpSurface(serverName ?? "kinora", Instructions.Kinora, new ToolBox(Choose(options.Toolsets), options.ReadOnly), studio);
    }

    private static IEnumerable<McpTool> Choose(string toolsets)
    {
        var asked = toolsets.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var name in asked)
        {
            if (!ToolCatalog.Toolsets.Contains(name, StringComparer.OrdinalIgnoreCase) && !string.Equals(name, "all", StringComparison.OrdinalIgnoreCase))
            {
                throw Invalid("toolset", name, ToolCatalog.Toolsets.Append("all"));
            }
        }

        return ToolCatalog.Create().Where(t => asked.Contains("all") || asked.Contains(t.Spec.Toolset));
    }

    private static KinoraException Invalid(string what, string name, IEnumerable<string> known) =>
        new(ErrorCodes.ConfigurationInvalid, $"There is no {what} \"{PlainText.Clean(name, 40)}\". There are {string.Join(", ", known)}.");
}
