using Kinora.Providers;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>What a create needs could not be brought there before it. The create was not sent.</summary>
/// <param name="outcome"><see cref="SubmitOutcome.NotSent"/>, or <see cref="SubmitOutcome.Refused"/> where trying again is no use.</param>
internal sealed class UnsentException(SubmitOutcome outcome) : Exception("The create was not sent.")
{
    public SubmitOutcome Outcome => outcome;
}
