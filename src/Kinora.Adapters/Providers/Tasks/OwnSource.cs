using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>What a follow-up can start from by its id or link at a provider, without its file.</summary>
internal static class OwnSource
{
    /// <summary>The source, when that provider made all of it: of what was joined here it has only the last clip. Null for any other.</summary>
    public static SourceJob? Of(Submission submission, string provider) =>
        submission.Source is { RemoteId: not null } source && source.Provider == provider && source.Request.Operation != Operation.Append ? source : null;
}
