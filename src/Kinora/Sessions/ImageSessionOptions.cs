using System.ComponentModel.DataAnnotations;

namespace Kinora.Sessions;

/// <summary>Image sessions. Section <c>Sessions</c>.</summary>
public sealed record ImageSessionOptions
{
    /// <summary>Most active sessions of one user; also <c>MCP_MAX_SESSIONS</c>.</summary>
    [Range(1, 100_000)]
    public int MaxActive { get; init; } = 100;

    /// <summary>Seconds without a turn after which a session expires; also <c>MCP_SESSION_TIMEOUT</c>.</summary>
    [Range(1, 31_536_000)]
    public int TimeoutSeconds { get; init; } = 3_600;

    public TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSeconds);
}
