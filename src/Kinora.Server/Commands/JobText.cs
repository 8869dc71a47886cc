using System.Globalization;
using Kinora.Assets;
using Kinora.Folders;
using Kinora.Jobs;

namespace Kinora.Server.Commands;

/// <summary>Jobs as the command line tells them.</summary>
internal static class JobText
{
    private const int PromptColumn = 48;

    public static string Describe(CliContext context, Job job)
    {
        var video = job.Assets.FirstOrDefault(a => a.Role == AssetRole.Video);
        var lines = new List<string>
        {
            $"{job.PublicId}  {job.Status.PublicWord()}  {JobView.Percent(job)} %",
            $"  model    {job.Model}",
            $"  prompt   {JobView.Short(job.Request.Prompt, 100)}",
        };
        if (job.Reason.Length > 0)
        {
            lines.Add($"  stage    {job.Status.Word()}: {job.Reason}");
        }

        if (video is not null)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  file     {video.Width}x{video.Height}, {video.Seconds:0.##} s, {Size(video.Bytes)}, sha256 {video.Sha256[..16]}…"));
        }

        foreach (var picture in job.Assets.Where(a => a.Role == AssetRole.Image))
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  file     {new ImageId(job.Id, picture.Index)}: {picture.Width}x{picture.Height}, {Size(picture.Bytes)}, sha256 {picture.Sha256[..16]}…"));
            if (picture.WorkspaceName is { } name)
            {
                lines.Add($"  copy     {Path.Combine(context.Host.Get<UserFolders>().Workspace.Path, OwnedNames.Of(job.Owner, name))}");
            }
        }

        if (job.SessionId is { } session)
        {
            lines.Add($"  session  {session}");
        }

        if (job.RemoteId is { } remote && job.Status != JobStatus.Completed)
        {
            lines.Add($"  remote   {remote}");
        }

        if ((job.ChargedUsd ?? job.EstimateUsd) is > 0 and var cost)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  cost     ${cost:0.00##}{(job.ChargedUsd is null ? " (estimated)" : "")}"));
        }

        lines.AddRange(job.Attempts.Select(a => $"  before   {a.Model}: {a.Text}"));
        lines.AddRange(job.Warnings.Select(w => "  note     " + w));
        return string.Join(Environment.NewLine, lines);
    }

    public static string Table(JobPage page, bool filtered)
    {
        if (page.Jobs.Count == 0)
        {
            return filtered ? "Nothing matches." : "Nothing here yet. Make something:  kinora create \"A paper boat sails down a rainy street\"";
        }

        var rows = page.Jobs.Select(job => string.Create(
            CultureInfo.InvariantCulture,
            $"{job.PublicId}  {job.Status.PublicWord(),-11} {JobView.Percent(job),3} %  {job.CreatedAt.ToLocalTime():yyyy-MM-dd HH:mm}  {job.Model,-20}  {JobView.Short(job.Request.Prompt, PromptColumn)}"));
        var more = page.HasMore ? Environment.NewLine + $"More:  kinora list --after {page.Jobs[^1].PublicId}" : "";
        return string.Join(Environment.NewLine, rows) + more;
    }

    private static string Size(long bytes) => bytes < 1 << 20
        ? FormattableString.Invariant($"{bytes / 1024.0:0.0} KiB")
        : FormattableString.Invariant($"{bytes / 1048576.0:0.0} MiB");
}
