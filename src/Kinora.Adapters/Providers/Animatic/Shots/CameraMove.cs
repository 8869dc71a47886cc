using System.Text.RegularExpressions;

namespace Kinora.Adapters.Providers.Animatic.Shots;

/// <summary>What the camera does in a shot. Zooms change the lens (all depths alike), push and pull move the camera (depths part).</summary>
internal enum CameraMove
{
    Static,
    PanLeft,
    PanRight,
    TiltUp,
    TiltDown,
    ZoomIn,
    ZoomOut,
    PushIn,
    PullBack,
    TrackLeft,
    TrackRight,
}

/// <summary>Reads the camera move from a shot's words; the first that is named counts.</summary>
internal static partial class CameraWords
{
    private static readonly (Regex Words, CameraMove Move)[] Table =
    [
        (ZoomOut(), CameraMove.ZoomOut),
        (ZoomIn(), CameraMove.ZoomIn),
        (PullBack(), CameraMove.PullBack),
        (PushIn(), CameraMove.PushIn),
        (PanLeft(), CameraMove.PanLeft),
        (PanRight(), CameraMove.PanRight),
        (TiltDown(), CameraMove.TiltDown),
        (TiltUp(), CameraMove.TiltUp),
        (TrackLeft(), CameraMove.TrackLeft),
        (TrackRight(), CameraMove.TrackRight),
        (Static(), CameraMove.Static),
    ];

    // A shot that names no move gets a gentle one.
    private static readonly CameraMove[] Gentle = [CameraMove.PushIn, CameraMove.PanRight, CameraMove.PullBack, CameraMove.PanLeft];

    /// <summary>The move that is written, or null.</summary>
    internal static CameraMove? Read(string text)
    {
        (int At, CameraMove Move)? first = null;
        foreach (var (words, move) in Table)
        {
            var match = words.Match(text);
            if (match.Success && (first is null || match.Index < first.Value.At))
            {
                first = (match.Index, move);
            }
        }
        return first?.Move;
    }

    /// <summary>A calm move for a shot that names none, the same for the same seed.</summary>
    internal static CameraMove Choose(long seed, int shot) => Gentle[(int)((ulong)(seed + shot * 3L) % (ulong)Gentle.Length)];

    /// <summary>As storyboards write it beside the panel.</summary>
    internal static string Label(this CameraMove move) => move switch
    {
        CameraMove.PanLeft => "Pan left",
        CameraMove.PanRight => "Pan right",
        CameraMove.TiltUp => "Tilt up",
        CameraMove.TiltDown => "Tilt down",
        CameraMove.ZoomIn => "Zoom in",
        CameraMove.ZoomOut => "Zoom out",
        CameraMove.PushIn => "Push in",
        CameraMove.PullBack => "Pull back",
        CameraMove.TrackLeft => "Track left",
        CameraMove.TrackRight => "Track right",
        _ => "Static",
    };

    private const RegexOptions Loose = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(@"\bzoom(s|ed|ing)?[- ]+(slowly[- ]+)?out\b|镜头拉远|缩小", Loose)]
    private static partial Regex ZoomOut();

    [GeneratedRegex(@"\b(slow|crash)?[- ]?zoom(s|ed|ing)?\b(?![- ]+(slowly[- ]+)?out)|放大|变焦", Loose)]
    private static partial Regex ZoomIn();

    [GeneratedRegex(@"\bpull(s|ed|ing)?[- ]+(slowly[- ]+)?(back|out|away)\b|\bdoll(y|ies|ying)[- ]+(slowly[- ]+)?(out|back)\b|拉远|后退", Loose)]
    private static partial Regex PullBack();

    [GeneratedRegex(@"\bpush(es|ed|ing)?[- ]+(slowly[- ]+)?(in|forward|toward|towards)\b|\bdoll(y|ies|ying)\b(?![- ]+(slowly[- ]+)?(out|back|left|right))|\b(close|move|creep)s?[- ]+(slowly[- ]+)?in\b|推近|推进|拉近", Loose)]
    private static partial Regex PushIn();

    [GeneratedRegex(@"\bpan(s|ned|ning)?\b[^.;]{0,24}?\b(left|leftward|leftwards)\b|左摇|左移|向左", Loose)]
    private static partial Regex PanLeft();

    [GeneratedRegex(@"\b(camera|slow|slowly|gentle|smooth)[- ]+pan(s|ning)?\b(?![^.;]{0,24}?\bleft)|\bpan(s|ned|ning)?\b[^.;]{0,24}?\b(right|rightward|rightwards|across|over|along)\b|(\bpanning\b|\bpans\b|^pan\b)(?![^.;]{0,24}?\bleft)|右摇|右移|向右|摇镜", Loose)]
    private static partial Regex PanRight();

    [GeneratedRegex(@"\btilt(s|ed|ing)?\b[^.;]{0,24}?\b(down|downward|downwards)\b|\bcrane[sd]?[- ]+down\b|下摇|向下", Loose)]
    private static partial Regex TiltDown();

    [GeneratedRegex(@"\b(camera|slow|slowly)[- ]+tilt(s|ing)?\b(?![^.;]{0,24}?\bdown)|\btilt(s|ed|ing)?\b[^.;]{0,24}?\b(up|upward|upwards)\b|\bcrane[sd]?[- ]+up\b|上摇|向上|仰拍", Loose)]
    private static partial Regex TiltUp();

    [GeneratedRegex(@"\b(track|truck|doll(y|ies))(s|ed|ing)?\b[^.;]{0,24}?\b(left|leftward|leftwards)\b|向左跟", Loose)]
    private static partial Regex TrackLeft();

    [GeneratedRegex(@"(\btracking\b|\btracks\b|\b(camera|slow|slowly)[- ]+(track|follow)(s|ing)?\b)(?![^.;]{0,24}?\bleft)|\bfollow(s|ing)?[- ]+(shot|cam|camera)\b|\b(camera|we)[- ]+follows?\b|\bfollow(s|ing)\b|\btrack[- ]+(right|with|along|shot)\b|\btruck(s|ing)?[- ]+(left|right)\b|\bdoll(y|ies|ying)[- ]+right\b|跟拍|跟随|跟踪", Loose)]
    private static partial Regex TrackRight();

    [GeneratedRegex(@"\bstatic\b|\blocked([- ]+(off|down))?\b|\bstill[- ]+(shot|frame|camera)\b|\bfixed[- ]+(shot|frame|camera)\b|\b(camera[- ]+)?(holds|held|stays|is)[- ]+still\b|\bon[- ]+a[- ]+tripod\b|静止|固定镜头|定镜", Loose)]
    private static partial Regex Static();
}
