using Kinora.Providers;

namespace Kinora.Server.Tests.Providers;

/// <summary>For tests in which the provider can be asked.</summary>
internal static class Finding
{
    /// <summary>The id of the job that was found; null when none is surely the one sought.</summary>
    public static async Task<string?> IdAsync(this Task<FindOutcome> search) => await search switch
    {
        FindOutcome.Found found => found.RemoteId,
        FindOutcome.NotThere => null,
        var unread => throw new InvalidOperationException(unread.ToString()),
    };
}
