using Kinora.Errors;

namespace Kinora.Server.Schema;

/// <summary>Where a caller sees what a parameter may name.</summary>
/// <param name="Tool">The tool that lists it.</param>
/// <param name="Code">The refusal that sends the caller there: there is no such thing.</param>
internal sealed record FoundBy(string Tool, string Code)
{
    public static FoundBy Videos { get; } = new("list_videos", ErrorCodes.NotFound);

    public static FoundBy Models { get; } = new("list_models", ErrorCodes.ModelNotFound);

    public static FoundBy Sessions { get; } = new("list_active_sessions", ErrorCodes.SessionNotFound);

    public static FoundBy References { get; } = new("list_references", ErrorCodes.FileNotFound);
}
