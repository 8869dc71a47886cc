namespace Kinora.Adapters.Storage;

/// <summary>errno values that are told apart.</summary>
internal static class Errno
{
    public const int NotPermitted = 1;
    public const int NotFound = 2;
    public const int Interrupted = 4;
    public const int NoSuchDevice = 6;
    public const int BadHandle = 9;
    public const int TryAgain = 11;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int OtherVolume = 18;
    public const int NotAFolder = 20;
    public const int IsAFolder = 21;
    public const int Invalid = 22;
    public const int TextBusy = 26;
    public const int NoSpace = 28;
    public const int ReadOnlyVolume = 30;
    public const int NameTooLong = 36;
    public const int NotImplemented = 38;
    public const int TooManyLinks = 40;
    public const int NotSupported = 95;
    public const int QuotaExceeded = 122;
}
