using System.CommandLine;
using Kinora.Assets;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Jobs;

namespace Kinora.Server.Commands;

internal static class DownloadCommand
{
    public static Command Build()
    {
        var id = JobCommands.IdArgument();
        var variant = new Option<string?>("--variant") { Description = "video, thumbnail or spritesheet; image (else the video or image)", HelpName = "WORD" };
        var outFile = new Option<string?>("--out", "-o") { Description = "File to write (else named after the prompt, in the current folder)", HelpName = "FILE" };
        var force = new Option<bool>("--force") { Description = "Replace the file if it exists" };
        variant.AcceptOnlyFromAmong("video", "thumbnail", "spritesheet", "image");
        var command = new Command("download", "Write a result to a file") { id, variant, outFile, force };
        command.SetAction(CliContext.Action(async (context, parsed, cancel) =>
        {
            OutputFile.Check(parsed.GetValue(outFile), parsed.GetValue(force));
            var job = await context.Host.Get<GenerationService>().GetAsync(Caller.Local, JobCommands.IdOf(parsed.GetValue(id)!), cancel);
            if (job.Status != JobStatus.Completed)
            {
                throw new KinoraException(ErrorCodes.NotReady, $"There is nothing to download: the job is {job.Status.PublicWord()}. `kinora wait {job.PublicId}` waits for it.");
            }

            var word = parsed.GetValue(variant) ?? job.Kind.Word();
            var wanted = Enum.Parse<AssetRole>(word, ignoreCase: true);
            var index = ImageId.TryParse(parsed.GetValue(id), out var picture) ? picture.Index : 0;
            var asset = job.Assets.FirstOrDefault(a => a.Role == wanted && a.Index == index) ?? throw Lacks(job, index == 0 ? word : $"{word} number {index + 1}");
            var stem = wanted is AssetRole.Video or AssetRole.Image ? job.Request.Prompt : $"{job.Request.Prompt} {word}";
            var saved = await OutputFile.SaveAsync(context.Host.Get<IAssetStore>(), asset, parsed.GetValue(outFile), stem, parsed.GetValue(force), cancel);
            context.Answer(saved, json =>
            {
                json.WriteStartObject();
                json.WriteString("id", wanted == AssetRole.Image ? new ImageId(job.Id, index).ToString() : job.PublicId);
                json.WriteString("variant", word);
                json.WriteString("saved_to", saved);
                json.WriteNumber("bytes", asset.Bytes);
                json.WriteString("sha256", asset.Sha256);
                json.WriteEndObject();
            });
            if (wanted == AssetRole.Image && index == 0 && job.Assets.Count(a => a.Role == AssetRole.Image) is > 1 and var pictures)
            {
                CliContext.Say($"This is the first of {pictures} pictures; the next one is {new ImageId(job.Id, 1)}.");
            }

            return ExitCodes.Done;
        }));
        return command;
    }

    private static KinoraException Lacks(Job job, string what) =>
        new(ErrorCodes.NotFound, $"This job has no {what}. It has: {string.Join(", ", job.Assets.CountBy(a => a.Role).Select(r => r.Key.ToString().ToLowerInvariant() + (r.Value > 1 ? $" ({r.Value})" : "")))}.");
}
