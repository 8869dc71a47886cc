using System.CommandLine;
using Kinora.Server.Mcp;
using Kinora.Server.Mcp.Profiles;
using Kinora.Server.Mcp.Tools;

namespace Kinora.Server.Commands;

/// <summary>What <c>kinora mcp</c> and <c>kinora serve</c> can be told about the tools they offer.</summary>
internal sealed class McpFlags
{
    private readonly Option<string?> _toolsets = new("--toolsets")
    {
        Description = $"Groups of tools: {string.Join(", ", ToolCatalog.Toolsets)}, all (default {ToolCatalog.Default})",
        HelpName = "NAMES",
    };

    private readonly Option<string?> _profile = new("--profile")
    {
        Description = "Offer exactly the tools of another server instead: " + string.Join(", ", ToolProfile.All.Select(p => p.Name)),
        HelpName = "NAME",
    };

    private readonly Option<bool> _readOnly = new("--read-only") { Description = "Leave out every tool that writes or pays; wins over everything" };

    public void AddTo(Command command)
    {
        command.Options.Add(_toolsets);
        command.Options.Add(_profile);
        command.Options.Add(_readOnly);
    }

    public Given Read(ParseResult parsed) => new(parsed.GetValue(_toolsets), parsed.GetValue(_profile), parsed.GetValue(_readOnly));

    /// <param name="ReadOnly">A flag can only add this, never take it away.</param>
    internal sealed record Given(string? Toolsets, string? Profile, bool ReadOnly)
    {
        public McpOptions Over(McpOptions settings) => settings with
        {
            Toolsets = Toolsets ?? settings.Toolsets,
            Profile = Profile ?? settings.Profile,
            ReadOnly = ReadOnly || settings.ReadOnly,
        };
    }
}
