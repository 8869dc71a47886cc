using Kinora.Catalog;
using Kinora.Errors;

namespace Kinora.Generation;

/// <summary>Adds to a refusal which other models can what the chosen one cannot.</summary>
internal static class OtherModels
{
    private const int MostNamed = 3;

    /// <param name="faults">Of <see cref="RequestRules.Check"/>.</param>
    /// <param name="fillIn">The request as it would be made with another model.</param>
    public static IReadOnlyList<Fault> Name(
        IReadOnlyList<Fault> faults, ModelInfo model, IReadOnlyList<ModelInfo> all, MediaKind kind, Func<ModelInfo, GenerationRequest> fillIn, DateOnly today)
    {
        var wrong = all.Where(other => other.Id != model.Id && other.Kinds.Contains(kind))
            .Select(other => (other.Id, Faults: RequestRules.Check(fillIn(other), other, today)))
            .Where(other => !other.Faults.Any(f => f.Field == "model"))
            .ToList();
        return [.. faults.Select(fault => Names(fault, model, kind, today) && wrong.Where(o => o.Faults.All(f => f.Field != fault.Field)).Take(MostNamed).ToList() is { Count: > 0 } able
            ? fault with { Text = $"{fault.Text} Models that can: {string.Join(", ", able.Select(o => o.Id))}." }
            : fault)];
    }

    /// <summary>A retired model names its successor, and one of another kind is not chosen for what it lacks.</summary>
    private static bool Names(Fault fault, ModelInfo model, MediaKind kind, DateOnly today) =>
        fault.Code == ErrorCodes.UnsupportedByModel && (fault.Field != "model" || (model.Kinds.Contains(kind) && !(today >= model.RetiresOn)));
}
