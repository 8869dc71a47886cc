using System.CommandLine;
using Kinora.Generation;

namespace Kinora.Server.Commands;

/// <summary>The three commands that start from an earlier video.</summary>
internal static class RemixCommand
{
    public static Command BuildRemix() =>
        Build("remix", "Make a video again with a new prompt and the same look", Operation.Remix, "The new prompt", withSeconds: false);

    public static Command BuildEdit() =>
        Build("edit", "Make a video again with a change applied", Operation.Edit, "The change", withSeconds: false);

    public static Command BuildExtend() =>
        Build("extend", "Append seconds to a video", Operation.Extend, "What happens next", withSeconds: true);

    private static Command Build(string name, string description, Operation operation, string promptDescription, bool withSeconds)
    {
        var id = new Argument<string>("id") { Description = "Id of the finished video" };
        var prompt = new Argument<string>("prompt") { Description = promptDescription + "; - reads it from stdin" };
        var seconds = new Option<double?>("--seconds") { Description = "Seconds to append", HelpName = "SECONDS" };
        var make = new MakeCommand();
        var command = new Command(name, description) { id, prompt };
        if (withSeconds)
        {
            command.Options.Add(seconds);
        }

        make.AddTo(command);
        command.SetAction(CliContext.Action((context, parsed, cancel) =>
        {
            var draft = new GenerationDraft
            {
                Operation = operation,
                SourceId = parsed.GetValue(id),
                Prompt = PromptText.Read(parsed.GetValue(prompt)),
                Seconds = withSeconds ? parsed.GetValue(seconds) : null,
            };
            return make.RunAsync(context, parsed, draft, cancel);
        }));
        return command;
    }
}
