using System.Globalization;
using System.Text;
using Kinora.Generation;
using Kinora.Providers;

namespace Kinora.Adapters.Providers.Pictures;

/// <summary>
/// A turn of a conversation in one text, for where the other side does not remember: what holds throughout, what was asked before, what is asked now.
/// The picture gone on from is sent beside it, before all others.
/// </summary>
internal static class ComposedPrompt
{
    /// <summary>The longest prompt the Images API takes, in characters; the oldest requests are left out to keep to it.</summary>
    public const int MaxLength = 32_000;

    /// <param name="instructions">Null where they are sent in a field of their own.</param>
    public static string Write(GenerationRequest request, SourceJob? source, string? instructions)
    {
        var head = string.IsNullOrWhiteSpace(instructions) ? "" : instructions.Trim() + "\n\n";
        if (source is not { Prompts.Count: > 0 })
        {
            return head + request.Prompt;
        }

        var now = "Change it as follows: " + request.Prompt;
        var kept = Enumerable.Range(0, source.Prompts.Count).First(from => from == source.Prompts.Count - 1
            || head.Length + Story(source.Prompts, from).Length + now.Length <= MaxLength);
        return head + Story(source.Prompts, kept) + now;
    }

    private static string Story(IReadOnlyList<string> prompts, int from)
    {
        var story = new StringBuilder("The first picture was made from these requests, oldest first");
        story.Append(from > 0 ? " (older ones are left out):\n" : ":\n");
        for (var i = from; i < prompts.Count; i++)
        {
            story.Append(CultureInfo.InvariantCulture, $"{i + 1}. {prompts[i]}\n");
        }

        return story.Append('\n').ToString();
    }
}
