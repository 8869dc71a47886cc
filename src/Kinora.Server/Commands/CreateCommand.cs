using System.CommandLine;
using Kinora.Generation;

namespace Kinora.Server.Commands;

internal static class CreateCommand
{
    public static Command Build()
    {
        var prompt = new Argument<string>("prompt") { Description = "What the video shows. `Shot 1: … Shot 2: …` makes several shots; - reads it from stdin" };
        var size = new Option<string?>("--size") { Description = "Frame size, e.g. 1280x720", HelpName = "WxH" };
        var seconds = new Option<double?>("--seconds") { Description = "Length", HelpName = "SECONDS" };
        var reference = new Option<string?>("--reference") { Description = "Picture that becomes the first frame (PNG, JPEG, WebP, or the id of an image, which is fitted to the size)", HelpName = PictureArgument.HelpName };
        var last = new Option<string?>("--last-frame") { Description = "Picture that becomes the last frame", HelpName = PictureArgument.HelpName };
        var negative = new Option<string?>("--negative-prompt") { Description = "What should not be seen", HelpName = "TEXT" };
        var silent = new Option<bool>("--no-audio") { Description = "Without a sound track" };
        var make = new MakeCommand();
        var command = new Command("create", "Make a video from a prompt, wait for it and save it") { prompt, size, seconds, reference, last, negative, silent };
        make.AddTo(command);
        command.SetAction(CliContext.Action((context, parsed, cancel) =>
        {
            var (first, end) = (PictureArgument.Read("--reference", parsed.GetValue(reference)), PictureArgument.Read("--last-frame", parsed.GetValue(last)));
            var draft = new GenerationDraft
            {
                Prompt = PromptText.Read(parsed.GetValue(prompt)),
                Size = parsed.GetValue(size),
                Seconds = parsed.GetValue(seconds),
                FirstFrame = first,
                LastFrame = end,
                FitFrames = first is ImageSource.Made || end is ImageSource.Made,
                NegativePrompt = parsed.GetValue(negative),
                Audio = parsed.GetValue(silent) ? false : null,
            };
            return make.RunAsync(context, parsed, draft, cancel);
        }));
        return command;
    }
}

/// <summary>A prompt given as an argument, or on stdin as <c>-</c>: argument lists have a limit, prompts may be long.</summary>
internal static class PromptText
{
    public static string? Read(string? argument) => argument == "-" ? Console.In.ReadToEnd().TrimEnd('\n', '\r') : argument;
}
