using System.Globalization;
using Kinora.Catalog;
using Kinora.Errors;
using Kinora.Generation;
using Kinora.Server.Mcp.Tools;
using Kinora.Server.Schema;

namespace Kinora.Server.Mcp.Profiles.Juxin;

internal sealed class JuxinCreateVideo : McpTool
{
    /// <summary>What only the relay's own models are asked for.</summary>
    private static readonly string[] _ofCharacters = ["character_url", "character_timestamps"];

    public override ToolSpec Spec { get; } = new("create_video", "video", "Create a video from a text, or from a text and a picture. Returns a task id; poll query_video_status.")
    {
        Params =
        [
            VideoParams.Prompt with { MaxLength = 1_000, ShowLength = true },
            new TextParam("orientation") { Choices = ["landscape", "portrait"], Default = "landscape" },
            new TextParam("size") { Choices = ["small", "large"], Default = "small", About = "small: 720p, large: 1080p" },
            new TextListParam("images", new TextParam("image") { MaxLength = 2_000 }, 10) { About = "Addresses of pictures; the first is the first frame" },
            new IntegerParam("duration", 10, 15) { Default = 15, About = "10 or 15 seconds" },
            new FlagParam("watermark"),
            new FlagParam("private") { Default = true },
            new FlagParam("wait_for_completion") { About = "Waits up to 50 s" },
            new TextParam("character_url") { MaxLength = 2_000 },
            new TextParam("character_timestamps") { MaxLength = 20, About = "\"start,end\" in seconds" },
        ],
        Result = JuxinTask.Shape,
        Effect = ToolEffect.Pays,
        StartsJob = true,
    };

    public override async Task<ToolAnswer> RunAsync(ToolCall call, CancellationToken cancel)
    {
        var given = call.Arguments;
        var model = await ModelAsync(call, cancel);
        Refuse(given, model);
        var warnings = Warnings(given, model).ToList();
        var pictures = given.Texts("images");
        var created = await call.Studio.Generation.SubmitAsync(
            call.Client.Caller,
            new GenerationDraft
            {
                Prompt = given.Text("prompt"),
                Model = model.Id,
                Size = Size(given, model, warnings).ToString(),
                Seconds = Seconds(given, model, warnings),
                FirstFrame = pictures.Count > 0 ? new ImageSource.Link("images", pictures[0]) : null,
                References = [.. pictures.Skip(1).Select(url => new ImageSource.Link("images", url))],
                Warnings = warnings,
                MergeRepeats = true,
                Options = Options(given, model),
            },
            CancellationToken.None);
        var job = given.Flag("wait_for_completion") && !call.TakesTask ? await JobWait.UntilDoneAsync(call, created.Job, JobWait.Usual, cancel) : created.Job;
        return await JuxinTask.AnswerAsync(call, job, cancel);
    }

    /// <summary>What the model knows of the relay's own wishes.</summary>
    private static Dictionary<string, string> Options(GivenArguments given, ModelInfo model)
    {
        var asked = new Dictionary<string, string?>
        {
            ["watermark"] = given.Flag("watermark") ? "true" : "false",
            ["private"] = given.Flag("private") ? "true" : "false",
            ["character_url"] = given.TextOrNull("character_url"),
            ["character_timestamps"] = given.TextOrNull("character_timestamps"),
        };
        return model.Options.Where(option => asked.GetValueOrDefault(option.Name) is not null).ToDictionary(option => option.Name, option => asked[option.Name]!, StringComparer.Ordinal);
    }

    private static void Refuse(GivenArguments given, ModelInfo model)
    {
        foreach (var name in _ofCharacters)
        {
            if (given.TextOrNull(name) is not null && model.Options.All(option => option.Name != name))
            {
                throw new KinoraException(ErrorCodes.UnsupportedByModel, $"{name}: {model.Id} knows no characters out of videos. Leave character_url and character_timestamps out.")
                {
                    Faults = [new Fault(name, $"{model.Id} knows no characters out of videos.", ErrorCodes.UnsupportedByModel)],
                };
            }
        }

        if (given.Integer("duration") is not (10 or 15))
        {
            throw KinoraException.Invalid([new Fault("duration", "duration must be 10 or 15.")]);
        }
    }

    /// <summary>The relay's first model where the operator has it, under whatever name, else the default one.</summary>
    private static async Task<ModelInfo> ModelAsync(ToolCall call, CancellationToken cancel)
    {
        var models = await call.Studio.Catalog.ListAsync(cancel);
        return models.FirstOrDefault(model => model.Kinds.Contains(MediaKind.Video) && _ofCharacters.All(name => model.Options.Any(option => option.Name == name)))
            ?? (await call.Studio.Catalog.ResolveAsync(null, MediaKind.Video, cancel)).Model;
    }

    private static FrameSize Size(GivenArguments given, ModelInfo model, List<string> warnings)
    {
        var (longer, shorter) = given.Text("size") == "large" ? (1920, 1080) : (1280, 720);
        var asked = given.Text("orientation") == "portrait" ? new FrameSize(shorter, longer) : new FrameSize(longer, shorter);
        var made = model.Sizes?.Nearest(asked) ?? asked;
        if (made != asked)
        {
            warnings.Add($"size: {model.Id} does not make {asked}; this is {made}, the nearest that it makes.");
        }

        return made;
    }

    private static double Seconds(GivenArguments given, ModelInfo model, List<string> warnings)
    {
        var asked = given.Integer("duration");
        var made = model.Durations is { } rule && !rule.Allows(asked) ? rule.Nearest(asked) : asked;
        if (made != asked)
        {
            warnings.Add(string.Create(CultureInfo.InvariantCulture, $"duration: {model.Id} does not make {asked} seconds; this is {made}, the nearest that it makes."));
        }

        return made;
    }

    /// <summary>What the relay takes and this model does not know: said, never dropped.</summary>
    private static IEnumerable<string> Warnings(GivenArguments given, ModelInfo model)
    {
        if (given.Flag("watermark") && model.Options.All(option => option.Name != "watermark"))
        {
            yield return $"watermark: none is asked of {model.Id}.";
        }

        if (!given.Flag("private") && model.Options.All(option => option.Name != "private"))
        {
            yield return "private: nothing that is made here is published; false is without effect.";
        }
    }
}
