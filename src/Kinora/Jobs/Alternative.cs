using Kinora.Generation;

namespace Kinora.Jobs;

/// <summary>A model that its owner named behind others (<c>a|b|c</c>): the job goes on to it when the one before surely made nothing.</summary>
/// <param name="Provider">Configured name.</param>
/// <param name="Model"><c>provider/name</c>.</param>
/// <param name="Request">As it is made with this model: defaults filled in, checked.</param>
/// <param name="EstimateUsd">Null when the price is not known.</param>
public sealed record Alternative(string Provider, string Model, GenerationRequest Request, decimal? EstimateUsd);

/// <summary>A try with one model that surely cost nothing: it was refused, or never sent.</summary>
/// <param name="Code">Why, a code of <see cref="Errors.ErrorCodes"/>.</param>
/// <param name="Text">The same in a sentence, without our paths or keys.</param>
public sealed record Attempt(string Model, DateTimeOffset At, string Code, string Text);

/// <summary>From one model to the next.</summary>
/// <param name="Rest">What may follow after that.</param>
/// <param name="Attempts">All there were, the last one included.</param>
public sealed record ModelTurn(Alternative To, IReadOnlyList<Alternative> Rest, IReadOnlyList<Attempt> Attempts);
