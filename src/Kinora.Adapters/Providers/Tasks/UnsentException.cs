using Kinora.Errors;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>What a create needs could not be brought there before it. The create was not sent.</summary>
/// <param name="outcome"><see cref="SubmitOutcome.NotSent"/>, or <see cref="SubmitOutcome.Refused"/> where trying again is no use.</param>
internal sealed class UnsentException(SubmitOutcome outcome) : Exception("The create was not sent.")
{
    public SubmitOutcome Outcome => outcome;

    /// <summary>Throws when the picture that is gone on from is not in our store any more: no later try would find it.</summary>
    public static void ThrowIfSourceGone(Submission submission)
    {
        if (submission.Source is { } source && !File.Exists(source.FilePath))
        {
            throw new UnsentException(new SubmitOutcome.Refused(ErrorCodes.AssetMissing, "The picture it goes on from is not here any more; nothing was sent."));
        }
    }
}
