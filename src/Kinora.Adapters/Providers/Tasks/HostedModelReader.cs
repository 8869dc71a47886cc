using Kinora.Adapters.Providers.DataFiles;
using Kinora.Catalog;
using Kinora.Generation;

namespace Kinora.Adapters.Providers.Tasks;

/// <summary>Makes a table of models of a file's fields (docs/providers.md tells the form), and says everything that is wrong with them.</summary>
internal static class HostedModelReader
{
    /// <param name="isName">Whether a text can be a model's name or path at that place.</param>
    /// <param name="form">What names and paths are like: <c>owner/app</c>.</param>
    public static HostedModels Read(DataNode file, Func<string, bool> isName, string form)
    {
        var (source, read) = (file.Required("source"), file.Day("read"));
        var models = file.Children("models").Select(node => ReadModel(node, isName, form) with { Source = source, Read = read }).ToList();
        if (models.Count == 0)
        {
            file.Fault("models", "a list with a model");
        }

        if (models.CountBy(model => model.Name).FirstOrDefault(name => name.Value > 1).Key is { } twice)
        {
            file.Fault("models", $"a list that names {(isName(twice) ? twice : "a model")} once");
        }

        var tables = new HostedModels(models, ReadNames(file.Child("usual")), ReadNames(file.Child("usualOfPictures")));
        file.NothingElse();
        return tables;
    }

    private static HostedModel ReadModel(DataNode node, Func<string, bool> isName, string form)
    {
        var name = node.Required("name", isName, form);
        var names = ReadNames(node.RequiredChild("inputs"))!;
        ModelRoute? Route(string from) => node.Child(from) is { } route ? ReadRoute(route, name, names, isName, form) : null;
        var kind = node.Choice("kind", MediaKind.Video, ("video", MediaKind.Video), ("image", MediaKind.Image));
        var model = new HostedModel(name, node.Text("title") ?? name, Route("fromWords") ?? new ModelRoute(name, names))
        {
            Kind = kind,
            FromFirst = Route("fromFirst"),
            FromBoth = Route("fromBoth"),
            FromPictures = Route("fromPictures"),
            MaxReferences = (int)node.Number("maxReferences", 0, 100, 0),
            Frames = ReadFrames(node),
            Sizes = node.Child("sizes") is { } sizes ? ReadSizes(sizes) : null,
            Durations = node.Child("durations") is { } durations ? ReadDurations(durations) : null,
            Audio = node.Choice("audio", AudioRule.None, ("none", AudioRule.None), ("always", AudioRule.Always), ("unknown", AudioRule.Unknown)),
            Image = node.Child("image") is { } image ? ReadImage(image) : kind == MediaKind.Image ? new ImageRule() : null,
            Price = node.Child("price") is { } price ? ReadPrice(price, kind) : null,
        };
        node.NothingElse();
        HostedModelRules.Check(model, node);
        return model;
    }

    /// <summary>Where it goes from that kind of start, and which inputs are called otherwise there.</summary>
    private static ModelRoute ReadRoute(DataNode node, string name, InputNames names, Func<string, bool> isName, string form)
    {
        string Whole(string path) => path.StartsWith('/') ? name + path : path;

        var path = node.Text("path", text => isName(Whole(text)), $"{form}, or what comes behind the model's name, with a / before it") ?? name;
        var route = new ModelRoute(Whole(path), ReadNames(node, names));
        node.NothingElse();
        return route;
    }

    private static InputNames? ReadNames(DataNode? node)
    {
        var names = node is null ? null : ReadNames(node, new InputNames());
        node?.NothingElse();
        return names;
    }

    private static InputNames ReadNames(DataNode node, InputNames otherwise) => new()
    {
        Prompt = node.Text("prompt") ?? otherwise.Prompt,
        NegativePrompt = node.TextOr("negativePrompt", otherwise.NegativePrompt),
        Seed = node.TextOr("seed", otherwise.Seed),
        Audio = node.TextOr("audio", otherwise.Audio),
        Seconds = node.TextOr("seconds", otherwise.Seconds),
        SecondsForm = node.Choice("secondsForm", otherwise.SecondsForm, ("number", SecondsForm.Number), ("text", SecondsForm.Text), ("textWithUnit", SecondsForm.TextWithUnit)),
        Ratio = node.TextOr("ratio", otherwise.Ratio),
        Resolution = node.TextOr("resolution", otherwise.Resolution),
        Size = node.TextOr("size", otherwise.Size),
        FirstFrame = node.TextOr("firstFrame", otherwise.FirstFrame),
        LastFrame = node.TextOr("lastFrame", otherwise.LastFrame),
        References = node.TextOr("references", otherwise.References),
        OneReference = node.Has("oneReference") ? node.Flag("oneReference") : otherwise.OneReference,
        Count = node.TextOr("count", otherwise.Count),
        Format = node.TextOr("format", otherwise.Format),
        ShortJpeg = node.Has("shortJpeg") ? node.Flag("shortJpeg") : otherwise.ShortJpeg,
    };

    private static FrameTable? ReadFrames(DataNode node)
    {
        var ratios = node.Texts("ratios", FrameTable.IsRatio, "a list of ratios such as 16:9");
        var resolutions = node.Children("resolutions").Select(ReadResolution).ToList();
        if (ratios.Count == 0 != (resolutions.Count == 0))
        {
            node.Fault(ratios.Count == 0 ? "ratios" : "resolutions", "there where the other of ratios and resolutions is");
        }

        return ratios.Count == 0 || resolutions.Count == 0 ? null : FrameTable.Of(ratios, resolutions);
    }

    /// <summary>Without a word where it is no input.</summary>
    private static (string Word, int Side) ReadResolution(DataNode node)
    {
        var resolution = (node.Text("word") ?? "", (int)node.Number("side", 64, 16_384));
        node.NothingElse();
        return resolution;
    }

    private static DurationRule ReadDurations(DataNode node)
    {
        var (list, usual) = (node.Numbers("oneOf", 3_600), node.Number("usual", 0.1, 3_600));
        var isList = node.Has("oneOf");
        var rule = isList ? DurationRule.OneOf(usual, [.. list]) : DurationRule.Between(node.Number("from", 0.1, 3_600), node.Number("to", 0.1, 3_600), usual) with { Whole = true };
        node.NothingElse();
        if (!isList && rule.Max < rule.Min)
        {
            node.Fault("to", "not less than from");
        }
        else if (!rule.Allows(usual))
        {
            node.Fault("usual", "one of the allowed lengths");
        }

        return rule;
    }

    private static SizeRule ReadSizes(DataNode node)
    {
        const string form = "a size such as 1280x720";
        static bool IsSize(string text) => FrameSize.TryParse(text, out _);
        static FrameSize SizeOf(string text) => FrameSize.TryParse(text, out var size) ? size : default;

        var rule = new SizeRule
        {
            Default = SizeOf(node.Required("usual", IsSize, form)),
            Allowed = [.. node.Texts("oneOf", IsSize, "a list of sizes such as 1280x720").Select(SizeOf)],
            MinSide = (int)node.Number("minSide", 1, 16_384, 1),
            MaxSide = (int)node.Number("maxSide", 1, 16_384, 16_384),
            MinPixels = (long)node.Number("minPixels", 0, 1 << 28, 0),
            MaxPixels = (long)node.Number("maxPixels", 0, 1 << 28, 0),
            Step = (int)node.Number("step", 1, 1_024, 1),
        };
        node.NothingElse();
        if (!rule.Allows(rule.Default))
        {
            node.Fault("usual", "one of the allowed sizes");
        }

        return rule;
    }

    private static ImageRule ReadImage(DataNode node)
    {
        var formats = node.Texts("formats", ImageWords.Formats.Contains, "a list of " + string.Join(", ", ImageWords.Formats));
        var rule = new ImageRule
        {
            MaxCount = (int)node.Number("maxCount", 1, 100, 1),
            MaxInputs = (int)node.Number("maxInputs", 0, 100, 0),
            Formats = formats.Count == 0 ? ImageWords.Formats : formats,
        };
        node.NothingElse();
        return rule;
    }

    private static Price ReadPrice(DataNode node, MediaKind kind)
    {
        const double most = 10_000;
        var price = new Price(
            (decimal)node.Number("usd", 0, most),
            kind == MediaKind.Image
                ? node.Choice("per", PriceUnit.Image, ("image", PriceUnit.Image), ("job", PriceUnit.Job))
                : node.Choice("per", PriceUnit.Second, ("second", PriceUnit.Second), ("job", PriceUnit.Job)))
        {
            Larger = [.. node.Children("larger").Select(ReadStep).OrderBy(step => step.Side)],
            UsdPerInput = (decimal)node.Number("usdPerInput", 0, most, 0),
            Source = node.Text("source"),
            SourceDate = node.Has("read") ? node.Day("read") : null,
        };
        node.NothingElse();
        return price;

        static PriceStep ReadStep(DataNode node)
        {
            var step = new PriceStep((int)node.Number("side", 1, 16_384), (decimal)node.Number("usd", 0, most));
            node.NothingElse();
            return step;
        }
    }
}
