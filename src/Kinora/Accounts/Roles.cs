namespace Kinora.Accounts;

/// <summary>Roles as words: <c>user</c>, <c>admin</c>.</summary>
public static class Roles
{
    public static string Word(this Role role) => role == Role.Admin ? "admin" : "user";

    /// <param name="word">One of the two.</param>
    public static Role Parse(string word) => word == "admin" ? Role.Admin : Role.User;
}
