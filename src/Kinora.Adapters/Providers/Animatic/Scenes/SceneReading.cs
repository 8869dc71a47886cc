using System.Text;
using Kinora.Adapters.Providers.Animatic.Shots;

namespace Kinora.Adapters.Providers.Animatic.Scenes;

/// <summary>
/// Reads shots into scene ideas. A change outweighs the shot, the shot the preamble; place, time and weather carry over from
/// the shot before when nothing is said ("It passes a sleeping cat" stays in the rainy street).
/// </summary>
internal static class SceneReading
{
    private const int MostSubjects = 3;

    internal static IReadOnlyList<SceneIdea> Read(IReadOnlyList<Shot> shots, long seed)
    {
        var ideas = new List<SceneIdea>(shots.Count);
        foreach (var shot in shots)
        {
            ideas.Add(Read(shot, ideas.Count > 0 ? ideas[^1] : null, seed));
        }

        return ideas;
    }

    private static SceneIdea Read(Shot shot, SceneIdea? before, long seed)
    {
        string[] sources = [Normal(shot.Revision ?? ""), Normal(shot.Text), Normal(shot.Preamble)];
        var random = new SeededNumbers((ulong)seed * 1000003 + 17);
        var subjects = Subjects(sources);
        // There is sky over every place: it is the place only when no other is named.
        var place = First(sources, SceneLexicon.Grounds) ?? First(sources, SceneLexicon.Places) ?? before?.Place ?? Home(subjects);
        var weather = First(sources, SceneLexicon.Weathers) ?? before?.Weather ?? Weather.Clear;
        var time = First(sources, SceneLexicon.Times) ?? before?.Time ?? AnyTime(random, weather);
        if (place is Place.Room or Place.Kitchen && sources[1].Contains(" cat ", StringComparison.Ordinal) && subjects.Count == 0)
        {
            subjects = ["cat"];
        }

        return new SceneIdea(place ?? Place.Abstract, time, weather, subjects, (ulong)seed * 31 + (ulong)shot.Number * 7919)
        {
            Closeness = First(sources, SceneLexicon.Framings) ?? 1,
        };
    }

    private static TimeOfDay AnyTime(SeededNumbers random, Weather weather) => weather is Weather.Rain or Weather.Storm or Weather.Fog or Weather.Snow
        ? TimeOfDay.Day
        : random.Next() switch { < 0.5 => TimeOfDay.Day, < 0.75 => TimeOfDay.Dawn, _ => TimeOfDay.Sunset };

    private static T? First<T>(string[] sources, IReadOnlyList<(string Word, T Value)> words) where T : struct
    {
        foreach (var source in sources)
        {
            (int At, int Length, T Value)? first = null;
            foreach (var (word, value) in words)
            {
                if (Find(source, word) is >= 0 and var at && (first is not { } f || at < f.At || at == f.At && word.Length > f.Length))
                {
                    first = (at, word.Length, value);
                }
            }

            if (first is { } found)
            {
                return found.Value;
            }
        }
        return null;
    }

    private static List<string> Subjects(string[] sources)
    {
        var found = new List<(int At, int Length, string Figure)>();
        for (var s = 0; s < sources.Length; s++)
        {
            foreach (var (word, figure, _) in SceneLexicon.Subjects)
            {
                if (Find(sources[s], word) is >= 0 and var at)
                {
                    found.Add((s * 100_000 + at, word.Length, figure));
                }
            }
        }

        // "sleeping cat" hides the plain "cat" in it; the earliest are kept.
        var whole = found.Where(one => !found.Any(other => other.Length > one.Length && other.At <= one.At && one.At + one.Length <= other.At + other.Length));
        var figures = whole.OrderBy(one => one.At).Select(one => one.Figure).Distinct().ToList();
        // Who holds the umbrella is drawn with it.
        if (figures.Contains("umbrella"))
        {
            figures.Remove("person");
        }

        return [.. figures.Take(MostSubjects)];
    }

    private static Place? Home(List<string> subjects) => subjects.Count == 0
        ? null
        : SceneLexicon.Subjects.First(row => row.Figure == subjects[0]).Home;

    private static int Find(string text, string word)
    {
        if (word[0] > '\u2e80')
        {
            return text.IndexOf(word, StringComparison.Ordinal);
        }

        return new[] { $" {word} ", $" {word}s ", $" {word}es " }.Select(form => text.IndexOf(form, StringComparison.Ordinal)).FirstOrDefault(at => at >= 0, -1);
    }

    // Lower case, single blanks for everything that is no letter, a blank at both ends.
    private static string Normal(string text)
    {
        var normal = new StringBuilder(" ", text.Length + 2);
        foreach (var sign in text)
        {
            if (char.IsLetterOrDigit(sign))
            {
                normal.Append(char.ToLowerInvariant(sign));
            }
            else if (normal[^1] != ' ' && sign != '\'')
            {
                normal.Append(' ');
            }
        }

        return normal.Append(' ').ToString();
    }
}
