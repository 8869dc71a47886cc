using Kinora.Errors;
using Kinora.Generation;

namespace Kinora.Characters;

/// <summary>The characters of one request, found for whoever asks.</summary>
/// <param name="Pictures">The best one of each, in the same order: how many more a model would take is not known here.</param>
public sealed record Cast(IReadOnlyList<CastMember> Members, IReadOnlyList<InputImage> Pictures)
{
    /// <param name="ids">As they were given. What is wrong with them is added to <paramref name="faults"/>.</param>
    public static async Task<Cast> ReadAsync(ICharacterStore store, Caller caller, IReadOnlyList<string> ids, List<Fault> faults, CancellationToken cancel)
    {
        if (RequestRules.CheckCharacters(ids) is { } fault)
        {
            faults.Add(fault);
            return new Cast([], []);
        }

        var found = new List<Character>();
        foreach (var text in ids)
        {
            if (CharacterId.TryParse(text, out var id) && await store.GetAsync(id, caller.UserId, cancel) is { } character)
            {
                found.Add(character);
            }
            else
            {
                faults.Add(new Fault("characters", $"There is no character with the id {Shown(text)}.", ErrorCodes.NotFound));
            }
        }

        return new Cast([.. found.Select(c => new CastMember(c.Id.ToString(), c.Name))], [.. found.Select(c => c.Pictures[0])]);
    }

    private static string Shown(string text) => $"\"{(text.Length > 40 ? text[..40] + "…" : text)}\"";
}
