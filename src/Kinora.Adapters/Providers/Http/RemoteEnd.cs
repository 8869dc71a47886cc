using Kinora.Errors;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Http;

/// <summary>What becomes of a job that a provider says has ended without a result.</summary>
internal static class RemoteEnd
{
    /// <param name="error">Its reason; null when it gives none.</param>
    public static CheckOutcome.Failed Read(string name, Redactor redactor, RemoteState state, ProviderError? error, decimal? cost = null)
    {
        var words = redactor.Clean(error?.Text ?? "").TrimEnd('.');
        return state switch
        {
            RemoteState.Cancelled => new CheckOutcome.Failed(ErrorCodes.Cancelled, $"The job was cancelled at {name}.", cost),
            RemoteState.Expired => new CheckOutcome.Failed(ErrorCodes.Expired, $"The job expired at {name}.", cost),
            _ => new CheckOutcome.Failed(
                (error ?? ProviderError.None).ToCode(ErrorCodes.ProviderFailed), words.Length > 0 ? $"{name}: {words}." : $"{name} gave no reason.", cost),
        };
    }
}
