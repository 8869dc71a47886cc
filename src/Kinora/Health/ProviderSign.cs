using Kinora.Providers;

namespace Kinora.Health;

/// <summary>
/// What an outcome says about the provider as a whole. The sentence is ours, never the provider's: its words may repeat a prompt, and everybody may read
/// how providers stand.
/// </summary>
/// <param name="Answered">It answers, whatever it said about this job.</param>
/// <param name="Fault">It does not, and how that showed. Null with <paramref name="Answered"/> false: the outcome says nothing either way.</param>
internal readonly record struct ProviderSign(bool Answered, string? Fault)
{
    private static readonly ProviderSign Answer = new(true, null);
    private static readonly ProviderSign Nothing = new(false, null);

    /// <summary>A refusal can come from the provider folder itself, before anything went out; a pause that was asked for is no fault.</summary>
    public static ProviderSign Of(SubmitOutcome outcome) => outcome switch
    {
        SubmitOutcome.Accepted or SubmitOutcome.Finished or SubmitOutcome.NotAllowed => Answer,
        SubmitOutcome.NotSent { RetryAfter: null, IsLocal: false } => new(false, "A create could not be handed over."),
        SubmitOutcome.Unknown => new(false, "A create got no clear answer."),
        _ => Nothing,
    };

    public static ProviderSign Of(CheckOutcome outcome) => outcome switch
    {
        CheckOutcome.Unreachable { RetryAfter: null } => new(false, "A look at a job got no usable answer."),
        CheckOutcome.Unreachable => Nothing,
        _ => Answer,
    };

    public static ProviderSign Of(OpenOutcome outcome) => outcome switch
    {
        OpenOutcome.Opened or OpenOutcome.Gone => Answer,
        OpenOutcome.Unreachable { RetryAfter: null } => new(false, "A result could not be fetched."),
        _ => Nothing,
    };
}
