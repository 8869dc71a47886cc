namespace Kinora.Adapters.Providers.Animatic.Shots;

/// <summary>The shots of a film, in order; their frames sum to the film's. Warnings say in plain words what had to be changed.</summary>
internal sealed record ShotList(IReadOnlyList<Shot> Shots, IReadOnlyList<string> Warnings)
{
    /// <summary>Reads a prompt into shots for so many frames.</summary>
    internal static ShotList Parse(string prompt, int frames, long seed = 0)
    {
        var script = ShotScript.Read(prompt, frames / (double)AnimaticFilm.FramesPerSecond);
        var warnings = new List<string>();
        var blocks = Fit(script.Blocks, frames, warnings);
        var lengths = FrameDivision.Divide(frames, [.. blocks.Select(block => block.Weight)]);
        var shots = blocks.Select((block, i) => new Shot
        {
            Number = i + 1,
            Text = block.Text,
            Preamble = script.Preamble,
            Frames = lengths[i],
            Move = CameraWords.Read(block.Text) ?? CameraWords.Read(script.Preamble) ?? CameraWords.Choose(seed, i),
            MoveIsWritten = (CameraWords.Read(block.Text) ?? CameraWords.Read(script.Preamble)) is not null,
        });
        return new ShotList([.. shots], warnings);
    }

    /// <summary>The same film with a change applied to every shot; a camera move in the change replaces theirs.</summary>
    internal ShotList Revise(string change)
    {
        var text = change.ReplaceLineEndings(" ").Trim();
        var move = CameraWords.Read(text);
        return this with
        {
            Shots = [.. Shots.Select(shot => shot with
            {
                Revision = shot.Revision is null ? text : $"{shot.Revision}; {text}",
                Move = move ?? shot.Move,
                MoveIsWritten = shot.MoveIsWritten || move is not null,
            })],
        };
    }

    // Too many shots for the time are joined with their neighbours: each stays in the film, none flashes by.
    private static IReadOnlyList<ShotBlock> Fit(IReadOnlyList<ShotBlock> blocks, int frames, List<string> warnings)
    {
        var most = Math.Max(1, frames / FrameDivision.LeastFrames);
        if (blocks.Count <= most)
        {
            return blocks;
        }

        warnings.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{blocks.Count} shots do not fit into {frames / (double)AnimaticFilm.FramesPerSecond:0.##} seconds; neighbours were joined, which leaves {most}."));
        var joined = new List<ShotBlock>(most);
        for (var i = 0; i < most; i++)
        {
            var group = blocks.Skip(i * blocks.Count / most).Take((i + 1) * blocks.Count / most - i * blocks.Count / most).ToArray();
            joined.Add(new ShotBlock(string.Join(' ', group.Select(block => block.Text)), group.Sum(block => block.Weight)));
        }
        return joined;
    }
}
